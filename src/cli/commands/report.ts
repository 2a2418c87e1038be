import { type Env, loadEnv } from '../../config/env';
import { FactoryTime } from '../../common/factory-time';
import type { Database } from '../../database/database';
import { RunViews } from '../../ingestion/http/run-views';
import { IngestionQueries } from '../../ingestion/queries/ingestion.queries';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { printReport } from '../report-table';
import { withDatabase } from '../with-database';

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
  const report = await withDatabase(env, (database) => readReport(run, env, database));
  printReport(report, options, out);
  return EXIT.OK;
}

async function readReport(run: number | 'latest', env: Env, database: Database) {
  const row = await new IngestionQueries(database).findRun(run);
  if (row) return new RunViews(new FactoryTime(env)).report(row);
  throw run === 'latest'
    ? new CliError('NO_RUNS', 'Nothing has been loaded yet.', 'Load a workbook: npm run cli -- ingest FILE')
    : new CliError('RUN_NOT_FOUND', `There is no run ${run}.`, 'The newest one: npm run cli -- report latest');
}
