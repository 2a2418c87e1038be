import { activePeriods, type Execution } from '@libs/bottleneck';
import type { SimulationRun } from '../simulation-run';

/** A resource's part in the bottleneck between start and last completion; shares are of that time, 0..1. */
export interface ResourceActivity {
  resource: number;
  activeShare: number;
  soleShare: number;
  shiftingShare: number;
}

/**
 * The active-period method (Roser, Nakano and Tanaka) on a run: a resource is active while something is in process there.
 * Resources where nothing ever waits for a server may be left out by `isCounted`.
 *
 * @returns the greatest sole + shifting share first
 */
export function activePeriodShares(
  { instance, start, end, makespan }: SimulationRun,
  isCounted: (resource: number) => boolean = () => true,
): ResourceActivity[] {
  const from = instance.start;
  const until = from + makespan;
  const executions: Execution[] = [];
  for (let operation = 0; operation < instance.operationCount; operation += 1) {
    const resource = instance.operationResource[operation];
    if (Number.isNaN(start[operation]) || !isCounted(resource)) continue;
    const finish = Number.isNaN(end[operation]) ? until : end[operation];
    executions.push({ faseId: resource, start: start[operation], end: finish });
  }
  return activePeriods(executions, from, until).map(({ faseId, activeShare, soleShare, shiftingShare }) => ({
    resource: faseId,
    activeShare,
    soleShare,
    shiftingShare,
  }));
}
