import pg from 'pg';
import type { BacktestResult } from '@libs/factory-model';
import { loadEnv } from '../../config/env';
import { Database } from '../../database/database';
import { sessionUrl } from '../../database/session';
import { ModelsService } from '../../whatif/model/models.service';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { openReadyDatabase } from '../ready-database';
import { type Column, table } from '../text-table';

/**
 * `whatif-backtest`: simulates from past moments what happened since, and prints how they compare. Stored with the model.
 *
 * @throws CliError NO_RUNS while nothing is loaded
 * @returns the exit code
 */
export async function runWhatifBacktest(out: NodeJS.WritableStream): Promise<number> {
  const env = loadEnv();
  const target = await openReadyDatabase(env);
  const pool = new pg.Pool({ connectionString: sessionUrl(target.url, 'prodplan-cli'), max: 1 });
  try {
    const known = await new ModelsService(new Database(pool, target.url), env).current();
    if (known === undefined) {
      throw new CliError('NO_RUNS', 'Nothing has been loaded yet.', 'Load a workbook: npm run cli -- ingest FILE');
    }
    out.write(`${report(known.backtest)}\n`);
    return EXIT.OK;
  } finally {
    await pool.end();
    await target.close();
  }
}

function report(backtest: readonly BacktestResult[]): string {
  if (backtest.length === 0) return 'The data do not reach back far enough for a backtest.';
  const header = [
    'days ago',
    'active',
    'arrived',
    'finished',
    'simulated',
    'ratio',
    'drawn',
    'bias d',
    'MAE d',
    'OTD',
    'sim',
  ];
  const rows = backtest.map(({ days_ago, active_orders, arrived_orders, throughput, lead_time, on_time }) => [
    ...[days_ago, active_orders, arrived_orders, throughput.actual, throughput.simulated].map(String),
    ...[throughput.ratio, throughput.drawn_ratio].map((ratio) => ratio.toFixed(2)),
    ...[lead_time.bias_days, lead_time.mean_absolute_error_days].map((days) => days.toFixed(1)),
    ...[on_time.actual_pct, on_time.simulated_pct].map((pct) => pct.toFixed(1)),
  ]);
  const [latest] = backtest;
  const phases = latest.phases.map(({ fase_nome, actual, simulated, ratio }) => [
    ...[fase_nome, String(actual), String(simulated), ratio.toFixed(2)],
  ]);
  const failing = latest.failing_phases.length === 0 ? 'none' : latest.failing_phases.join(', ');
  const right = (title: string): Column => ({ title, align: 'right' });
  return [
    ...table(header.map(right), rows),
    '',
    `Executions by phase, last ${latest.window_days} days:`,
    ...table([{ title: 'phase', align: 'left' }, ...['recorded', 'simulated', 'ratio'].map(right)], phases),
    '',
    `Beyond ±10 %: ${failing}`,
  ].join('\n');
}
