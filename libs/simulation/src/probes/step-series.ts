import type { SimulationRun } from '../simulation-run';
import { arrivalOf } from './arrival-of';

/** A count over time: value[i] holds from time[i] until time[i + 1], the last one for good. Times ascend strictly. */
export interface StepSeries {
  time: Float64Array;
  value: Int32Array;
}

/** Jobs that wait at a resource; what waits no time is not seen. Begins at the instance's start. */
export function queueLengthOverTime(run: SimulationRun, resource: number): StepSeries {
  const { instance, start } = run;
  const joined: number[] = [];
  const left: number[] = [];
  for (let operation = 0; operation < instance.operationCount; operation += 1) {
    if (instance.operationResource[operation] !== resource) continue;
    const arrival = arrivalOf(run, operation);
    if (Number.isNaN(arrival) || start[operation] <= Math.max(arrival, instance.start)) continue;
    joined.push(arrival);
    if (!Number.isNaN(start[operation])) left.push(start[operation]);
  }
  return stepSeries(joined, left, instance.start);
}

/** Jobs that were released and are not complete. Begins at the instance's start. */
export function workInProcessOverTime({ instance, completion }: SimulationRun): StepSeries {
  const ends = completion.filter((moment) => !Number.isNaN(moment));
  return stepSeries(Array.from(instance.release), Array.from(ends), instance.start);
}

/** Rises by one at each moment of `up`, falls by one at each of `down`; what lies before `since` counts from there. */
export function stepSeries(up: readonly number[], down: readonly number[], since: number): StepSeries {
  const rises = Float64Array.from(up).sort();
  const falls = Float64Array.from(down).sort();
  const time: number[] = [since];
  const value: number[] = [0];
  let level = 0;
  let i = 0;
  let k = 0;
  while (i < rises.length || k < falls.length) {
    const now = Math.max(since, Math.min(rises[i] ?? Infinity, falls[k] ?? Infinity));
    while (i < rises.length && rises[i] <= now) {
      level += 1;
      i += 1;
    }
    while (k < falls.length && falls[k] <= now) {
      level -= 1;
      k += 1;
    }
    if (time[time.length - 1] === now) value[value.length - 1] = level;
    else if (value[value.length - 1] !== level) {
      time.push(now);
      value.push(level);
    }
  }
  return { time: Float64Array.from(time), value: Int32Array.from(value) };
}

/** Area below a series between two moments; divided by their distance it is the mean over time. */
export function areaBelow({ time, value }: StepSeries, from: number, until: number): number {
  let area = 0;
  for (let i = 0; i < time.length; i += 1) {
    const begin = Math.max(from, time[i]);
    const end = Math.min(until, time[i + 1] ?? Infinity);
    if (begin < end) area += value[i] * (end - begin);
  }
  return area;
}
