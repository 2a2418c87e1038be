import pg from 'pg';
import { type Env, loadEnv } from '../../config/env';
import { FactoryTime } from '../../common/factory-time';
import { Database } from '../../database/database';
import { sessionUrl } from '../../database/session';
import { RunViews } from '../../ingestion/http/run-views';
import { IngestionQueries } from '../../ingestion/queries/ingestion.queries';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { openReadyDatabase } from '../ready-database';
import { printReport } from '../report-table';

export interface ReportOptions {
  json?: boolean;
}

/** `report RUN`: the stored report of a run, or of the newest. @returns the exit code */
export async function runReport(
  run: number | 'latest',
  options: ReportOptions,
  out: NodeJS.WritableStream,
): Promise<number> {
  const env = loadEnv();
  const target = await openReadyDatabase(env);
  const pool = new pg.Pool({ connectionString: sessionUrl(target.url, 'prodplan-cli'), max: 1 });
  try {
    const report = await readReport(run, env, new Database(pool, target.url));
    printReport(report, options, out);
    return EXIT.OK;
  } finally {
    await pool.end();
    await target.close();
  }
}

async function readReport(run: number | 'latest', env: Env, database: Database) {
  const row = await new IngestionQueries(database).findRun(run);
  if (row) return new RunViews(new FactoryTime(env)).report(row);
  throw run === 'latest'
    ? new CliError('NO_RUNS', 'Nothing has been loaded yet.', 'Load a workbook: npm run cli -- ingest FILE')
    : new CliError('RUN_NOT_FOUND', `There is no run ${run}.`, 'The newest one: npm run cli -- report latest');
}
