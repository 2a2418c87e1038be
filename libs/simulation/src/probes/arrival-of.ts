import type { SimulationRun } from '../simulation-run';

/**
 * When an operation joined its queue: when the one before it ended, or the job arrived. What was in process at the start
 * has its `since`. NaN: it never did.
 */
export function arrivalOf({ instance, end }: SimulationRun, operation: number): number {
  const { operationJob, jobFirst, inProcessSince, release, start } = instance;
  const job = operationJob[operation];
  if (operation > jobFirst[job]) return end[operation - 1];
  if (!Number.isNaN(inProcessSince[job])) return inProcessSince[job];
  return Math.max(release[job], start);
}
