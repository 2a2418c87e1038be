import { UNLIMITED } from '../instance';
import { fillKeys } from '../rules';
import type { SimulationRun } from '../simulation-run';
import { arrivalOf } from './arrival-of';

/**
 * What a run's queues were ordered by, one key an operation: of those that waited at a resource together, the smallest was
 * served first, the lowest job number among equals. FIFO: the arrival; EDD: the due date; SLACK: due date - remaining work
 * (the moment that slack leaves out is the same for all); SPT and LPT: the work, negative for LPT; MWKR and LWKR: the
 * remaining work, negative for MWKR; MOPNR: the remaining operations, negative; WSPT: work / weight; RANDOM: the number
 * drawn. A job without due date (or weight) has 2^41, a priority class adds 2^42 each.
 */
export function dispatchKeys(run: SimulationRun): Float64Array {
  const { instance, durations, rule, seed } = run;
  const { jobCount, jobFirst, queuedSince, inProcessSince, operationResource, capacity, calendarOf } = instance;
  const keys = new Float64Array(instance.operationCount);
  fillKeys(keys, instance, durations, rule, seed);
  if (rule !== 'FIFO') return keys;
  for (let job = 0; job < jobCount; job += 1) {
    // Until the first real queue: markers that nobody waits for do not end the wait that began before. Where a calendar
    // may be closed somebody waits, and what is in process at the start no longer does.
    let isFirstQueue = true;
    const isInProcess = !Number.isNaN(inProcessSince[job]);
    for (let operation = jobFirst[job]; operation < jobFirst[job + 1]; operation += 1) {
      const arrival = arrivalOf(run, operation);
      keys[operation] += isFirstQueue ? Math.min(arrival, queuedSince[job]) : arrival;
      const resource = operationResource[operation];
      const isMarker = capacity[resource] === UNLIMITED && calendarOf[resource] < 0 && run.end[operation] === arrival;
      isFirstQueue &&= isMarker && !isInProcess;
    }
  }
  return keys;
}
