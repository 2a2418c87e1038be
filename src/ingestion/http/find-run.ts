import { RunNotFoundError } from '../ingestion.errors';
import type { IngestionQueries, RunWithReport } from '../queries/ingestion.queries';

/** @throws RunNotFoundError when there is no such run */
export async function findRunOrFail(queries: IngestionQueries, runId: number): Promise<RunWithReport> {
  const run = await queries.findRun(runId);
  if (!run) throw new RunNotFoundError(runId);
  return run;
}
