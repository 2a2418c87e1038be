import { UNLIMITED } from '../instance';
import type { SimulationRun } from '../simulation-run';
import { arrivalOf } from './arrival-of';

/** A dispatch of one run: the operation and when. */
export interface Dispatch {
  operation: number;
  job: number;
  time: number;
}

/** The first decision on which two runs of the same jobs parted. */
export interface DecisionDifference {
  resource: number;
  /** The earlier of the two dispatches. */
  time: number;
  /** What each run dispatched as its n-th operation there; undefined: it dispatched no more. */
  before: Dispatch | undefined;
  after: Dispatch | undefined;
  /** Jobs that waited there in each run at that time, the dispatched one included; by number. */
  waitingBefore: number[];
  waitingAfter: number[];
}

/**
 * Compares what two runs dispatched, resource by resource. Their instances must number jobs and operations alike; jobs that
 * one has beyond the other's stand at the end (an urgent order that came on top).
 *
 * @returns undefined when they dispatched the same operations at the same times, wherever a server has to be waited for
 */
export function firstDecisionDifference(before: SimulationRun, after: SimulationRun): DecisionDifference | undefined {
  const ofBefore = dispatchesByResource(before);
  const ofAfter = dispatchesByResource(after);
  let first: { resource: number; position: number; time: number } | undefined;
  for (let resource = 0; resource < Math.max(ofBefore.length, ofAfter.length); resource += 1) {
    // Where everybody is served at once, the order in which they are served is nobody's decision.
    if (isUnlimited(before, resource) && isUnlimited(after, resource)) continue;
    const a = ofBefore[resource] ?? [];
    const b = ofAfter[resource] ?? [];
    let position = 0;
    while (position < a.length && position < b.length && isSame(before, a[position], after, b[position])) position += 1;
    if (position === a.length && position === b.length) continue;
    const time = Math.min(
      position < a.length ? before.start[a[position]] : Infinity,
      position < b.length ? after.start[b[position]] : Infinity,
    );
    if (first === undefined || time < first.time) first = { resource, position, time };
  }
  if (first === undefined) return undefined;
  const { resource, position, time } = first;
  return {
    resource,
    time,
    before: dispatchOf(before, ofBefore[resource]?.[position]),
    after: dispatchOf(after, ofAfter[resource]?.[position]),
    waitingBefore: waitingAt(before, resource, time),
    waitingAfter: waitingAt(after, resource, time),
  };
}

function isUnlimited({ instance: { capacity } }: SimulationRun, resource: number): boolean {
  return capacity[resource] === UNLIMITED;
}

/** Why a job went another way: the first of its operations whose times differ. */
export interface JobDifference {
  operation: number;
  resource: number;
  /** When it joined the queue there, in both runs. */
  arrival: number;
  startBefore: number;
  startAfter: number;
  /**
   * overtaken: where it waits longer, `by` was served first, which in the other run came after it. server: the same jobs
   * came before it, but a server became free at another time. duration: it starts alike and takes longer or shorter.
   */
  reason: 'overtaken' | 'server' | 'duration';
  by: number | undefined;
}

/** @returns undefined when all its operations start and end alike; as to the instances, see firstDecisionDifference */
export function firstJobDifference(
  before: SimulationRun,
  after: SimulationRun,
  job: number,
): JobDifference | undefined {
  const { jobFirst, operationResource } = before.instance;
  for (let operation = jobFirst[job]; operation < jobFirst[job + 1]; operation += 1) {
    const startBefore = before.start[operation];
    const startAfter = after.start[operation];
    const isAlike = Object.is(startBefore, startAfter);
    if (isAlike && Object.is(before.end[operation], after.end[operation])) continue;
    const resource = operationResource[operation];
    const arrival = arrivalOf(before, operation);
    const found = { operation, resource, arrival, startBefore, startAfter };
    if (isAlike) return { ...found, reason: 'duration', by: undefined };
    // What never starts (NaN) waits longest.
    const isLaterAfter = Number.isNaN(startAfter) || startAfter > startBefore;
    const by = isLaterAfter ? overtaker(after, before, operation) : overtaker(before, after, operation);
    return { ...found, reason: by === undefined ? 'server' : 'overtaken', by };
  }
  return undefined;
}

/** The first job that `later` served there while the operation waited, and `earlier` only after it or never. */
function overtaker(later: SimulationRun, earlier: SimulationRun, operation: number): number | undefined {
  const resource = later.instance.operationResource[operation];
  const arrival = arrivalOf(later, operation);
  const wanted = earlier.start[operation];
  const positionInEarlier = positions(earlier);
  for (const other of later.dispatched) {
    if (other === operation) return undefined;
    if (later.instance.operationResource[other] !== resource || later.start[other] < arrival) continue;
    const isKnown = other < earlier.instance.operationCount;
    const start = isKnown ? earlier.start[other] : NaN;
    const isAfter =
      Number.isNaN(start) ||
      start > wanted ||
      (start === wanted && positionInEarlier[other] > positionInEarlier[operation]);
    if (isAfter) return later.instance.operationJob[other];
  }
  return undefined;
}

function positions({ instance, dispatched }: SimulationRun): Int32Array {
  const position = new Int32Array(instance.operationCount).fill(-1);
  dispatched.forEach((operation, i) => {
    position[operation] = i;
  });
  return position;
}

function dispatchesByResource({ instance, dispatched }: SimulationRun): number[][] {
  const lists: number[][] = Array.from({ length: instance.resourceCount }, () => []);
  for (const operation of dispatched) lists[instance.operationResource[operation]].push(operation);
  return lists;
}

function isSame(a: SimulationRun, ofA: number, b: SimulationRun, ofB: number): boolean {
  return ofA === ofB && a.start[ofA] === b.start[ofB];
}

function dispatchOf(run: SimulationRun, operation: number | undefined): Dispatch | undefined {
  if (operation === undefined) return undefined;
  return { operation, job: run.instance.operationJob[operation], time: run.start[operation] };
}

function waitingAt(run: SimulationRun, resource: number, time: number): number[] {
  const { operationCount, operationResource, operationJob } = run.instance;
  const jobs: number[] = [];
  for (let operation = 0; operation < operationCount; operation += 1) {
    if (operationResource[operation] !== resource || run.start[operation] < time) continue;
    if (arrivalOf(run, operation) <= time) jobs.push(operationJob[operation]);
  }
  return jobs;
}
