import { type Instance, UNLIMITED } from '../instance';
import type { SimulationRun } from '../simulation-run';
import { openTimeBefore } from '../working-calendar';
import { arrivalOf } from './arrival-of';

/** What happened at a resource between the start and the last completion. Times in the instance's unit. */
export interface ResourceUse {
  resource: number;
  /** Operations that were started, and those in process at the start. */
  operations: number;
  /** Server time spent on operations, closed time left out. */
  busyTime: number;
  /** Server time that the calendar offers; Infinity where the capacity is. */
  openTime: number;
  /** busyTime / openTime, 0..1 (above 1 where more was in process than the capacity); 0 where the capacity is infinite. */
  utilisation: number;
  /** From joining the queue to the start, waiting over closed time included; of the operations that started. */
  meanWait: number;
  maxWait: number;
  /** Time-weighted mean of the jobs that waited. */
  meanQueue: number;
}

/** Use and queue of every resource over a run, of the time that its calendar is open. Times in seconds. */
export function resourceUse(run: SimulationRun): ResourceUse[] {
  const { instance, start, end, makespan } = run;
  const { resourceCount, operationCount, operationResource, calendarOf, calendars } = instance;
  const from = instance.start;
  const until = from + makespan;
  const open = calendars.map(openTimeBefore);
  const openBetween = (resource: number, begin: number, finish: number): number => {
    const calendar = calendarOf[resource];
    return calendar < 0 ? finish - begin : open[calendar](finish) - open[calendar](begin);
  };
  const uses = Array.from({ length: resourceCount }, (_, resource) => ({
    resource,
    operations: 0,
    busyTime: 0,
    openTime: serverTime(instance, resource, from, until),
    utilisation: 0,
    meanWait: 0,
    maxWait: 0,
    meanQueue: 0,
  }));
  for (let operation = 0; operation < operationCount; operation += 1) {
    const use = uses[operationResource[operation]];
    const arrival = arrivalOf(run, operation);
    if (Number.isNaN(arrival)) continue;
    const begin = Number.isNaN(start[operation]) ? until : start[operation];
    use.meanQueue += Math.max(0, Math.min(begin, until) - Math.max(arrival, from));
    if (Number.isNaN(start[operation])) continue;
    use.operations += 1;
    use.meanWait += begin - arrival;
    use.maxWait = Math.max(use.maxWait, begin - arrival);
    const finish = Number.isNaN(end[operation]) ? until : end[operation];
    if (begin < until) use.busyTime += openBetween(use.resource, Math.max(begin, from), Math.min(finish, until));
  }
  for (const use of uses) {
    if (use.operations > 0) use.meanWait /= use.operations;
    if (makespan > 0) use.meanQueue /= makespan;
    if (use.openTime > 0 && use.openTime < Infinity) use.utilisation = use.busyTime / use.openTime;
  }
  return uses;
}

function serverTime(instance: Instance, resource: number, from: number, until: number): number {
  const { calendarOf, calendars, capacity } = instance;
  const servers = capacity[resource] === UNLIMITED ? Infinity : capacity[resource];
  if (until <= from) return 0;
  if (calendarOf[resource] < 0) return servers * (until - from);
  const calendar = calendars[calendarOf[resource]];
  let time = 0;
  for (let i = 0; i < calendar.count; i += 1) {
    const length = Math.min(until, calendar.until[i]) - Math.max(from, calendar.from[i]);
    if (length > 0) time += length * (calendar.capacity[i] < 0 ? servers : calendar.capacity[i]);
  }
  return time;
}
