import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HISTORY_DAYS } from '@libs/forecast';
import { sqlFile } from '../../database/sql-file';
import type { Derivation, MergedRun } from '../derivation';
import { computeForecasts, type ForecastInput, type ForecastRow } from './compute-forecasts';
import { readHistoryRows } from './histories';

const DELETE_FORECASTS = sqlFile(__dirname, 'sql/delete_forecasts.sql');
const INSERT_FORECASTS = sqlFile(__dirname, 'sql/insert_forecasts.sql');

const DAY_MS = 86_400_000;
/** Orders from which on a thread is worth its start. Below, the computation takes some milliseconds. */
const THREAD_FROM = 2_000;

/**
 * When each active order will be finished, with what its delay comes from, in analytics.order_forecast. Everything is
 * computed anew at each load: every forecast depends on as_of. It is computed while the other derivations go on.
 */
export const forecastDerivation: Derivation = {
  name: 'forecast',
  async derive(run: MergedRun) {
    const { client, asOf, settings } = run;
    await client.query(DELETE_FORECASTS.text);
    if (asOf === null) return undefined;
    const since = new Date(asOf.getTime() - HISTORY_DAYS * DAY_MS - settings.dormantDays * DAY_MS);
    const rows = await readHistoryRows(client, since, false);
    const input = { rows, asOf, dormantDays: settings.dormantDays, factoryTz: settings.factoryTz };
    const computed = rows.length < THREAD_FROM ? Promise.resolve(computeForecasts(input)) : inThread(input);
    // Awaited in the end; if another derivation fails before that, nobody hears of it.
    computed.catch(() => undefined);
    return async () => {
      const forecasts = await computed;
      if (forecasts.length > 0) await client.query(INSERT_FORECASTS.text, [JSON.stringify(forecasts)]);
    };
  },
};

/** On a core that PostgreSQL leaves free, and never on the loop that answers requests. */
function inThread(input: ForecastInput): Promise<ForecastRow[]> {
  const built = join(__dirname, 'forecast-thread.js');
  const isBuilt = existsSync(built);
  return new Promise((resolve, reject) => {
    const worker = new Worker(isBuilt ? built : join(__dirname, 'forecast-thread.ts'), {
      workerData: input,
      execArgv: isBuilt ? undefined : ['--require', '@swc-node/register'],
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the forecasts' thread ended with ${code} and without an answer`)));
  });
}
