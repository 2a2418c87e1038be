import { buildInstance } from '../build-instance';
import { type InstanceSpec, UNLIMITED } from '../instance';
import { arrivalOf } from '../probes/arrival-of';
import { areaBelow, queueLengthOverTime, stepSeries, workInProcessOverTime } from '../probes/step-series';
import type { Rule } from '../rules';
import type { SimulationRun } from '../simulation-run';
import { simulate } from '../simulator';

/*
 * What must hold of every run without calendars, counted as violations: 0 where it holds. The validation report counts
 * them on generated shops, the property tests on whatever fast-check comes up with.
 */

/**
 * Little's law on every window of the run that begins and ends empty: the area below what waits and what is in process, as
 * counted at the resources, is the sum of the flow times of the jobs released in it, to the unit. Jobs must be released at
 * the start or later, and all be finished.
 */
export function littleViolations(run: SimulationRun): number {
  const { instance, start, completion, durations } = run;
  const { release } = instance;
  const resources = Array.from({ length: instance.resourceCount }, (_, resource) => resource);
  const waiting = resources.map((resource) => queueLengthOverTime(run, resource));
  const served = stepSeries(
    Array.from(start),
    Array.from(start, (begin, i) => begin + durations[i]),
    instance.start,
  );
  const inSystem = workInProcessOverTime(run);
  const empty = [instance.start, ...inSystem.time.filter((_, i) => inSystem.value[i] === 0)];
  let violations = 0;
  for (const [i, until] of empty.entries()) {
    if (i === 0) continue;
    const from = empty[i - 1];
    let flow = 0;
    for (let job = 0; job < instance.jobCount; job += 1) {
      if (from <= release[job] && release[job] < until) flow += completion[job] - release[job];
    }
    const area = [served, ...waiting].reduce((sum, series) => sum + areaBelow(series, from, until), 0);
    if (area !== flow) violations += 1;
  }
  return violations;
}

/** Work conservation: times at which a job waits while a server of its resource is free, and operations cut or stretched. */
export function conservationViolations(run: SimulationRun): number {
  const { instance, start, end } = run;
  let violations = 0;
  for (let resource = 0; resource < instance.resourceCount; resource += 1) {
    const arrivals: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (let operation = 0; operation < instance.operationCount; operation += 1) {
      if (instance.operationResource[operation] !== resource) continue;
      arrivals.push(arrivalOf(run, operation));
      starts.push(start[operation]);
      ends.push(end[operation]);
      if (end[operation] - start[operation] !== run.durations[operation]) violations += 1;
    }
    const servers = instance.capacity[resource] === UNLIMITED ? Infinity : instance.capacity[resource];
    const waiting = stepSeries(arrivals, starts, instance.start);
    const busy = stepSeries(starts, ends, instance.start);
    let at = 0;
    for (const [i, time] of waiting.time.entries()) {
      const until = waiting.time[i + 1] ?? Infinity;
      while (at + 1 < busy.time.length && busy.time[at + 1] <= time) at += 1;
      for (let k = at; k < busy.time.length && busy.time[k] < until; k += 1) {
        if (waiting.value[i] > 0 && busy.value[k] < servers) violations += 1;
        if (busy.value[k] > servers) violations += 1;
      }
    }
  }
  return violations;
}

/** A single-server FIFO queue in which services take longer and nobody arrives earlier: departures that become earlier. */
export function monotonicityViolations(
  customers: readonly { release: number; duration: number; extra: number }[],
): number {
  const queue = (duration: (customer: (typeof customers)[number]) => number): SimulationRun =>
    simulate(
      buildInstance({
        resources: [{ capacity: 1 }],
        jobs: customers.map((customer) => ({
          release: customer.release,
          operations: [{ resource: 0, duration: duration(customer) }],
        })),
      }),
      { rule: 'FIFO' },
    );
  const before = queue(({ duration }) => duration);
  const after = queue(({ duration, extra }) => duration + extra);
  return after.completion.reduce((sum, end, job) => sum + (end < before.completion[job] ? 1 : 0), 0);
}

/**
 * Invariance under relabelling: operations that start at another time when resources and jobs are numbered in another
 * order. No two jobs may have equal keys at a resource, since the job number decides between those.
 *
 * @param resources, jobs position before → position after
 */
export function relabellingViolations(
  spec: InstanceSpec,
  rule: Rule,
  resources: readonly number[],
  jobs: readonly number[],
): number {
  const before = simulate(buildInstance(spec), { rule });
  const renamed: InstanceSpec = {
    ...spec,
    resources: permuted(spec.resources, resources),
    jobs: permuted(
      spec.jobs.map((job) => ({
        ...job,
        operations: job.operations.map(({ resource, duration }) => ({ resource: resources[resource], duration })),
      })),
      jobs,
    ),
  };
  const after = simulate(buildInstance(renamed), { rule });
  let violations = 0;
  for (const [job, other] of jobs.entries()) {
    const first = before.instance.jobFirst[job];
    const count = before.instance.jobFirst[job + 1] - first;
    const firstAfter = after.instance.jobFirst[other];
    for (let k = 0; k < count; k += 1) if (before.start[first + k] !== after.start[firstAfter + k]) violations += 1;
  }
  return violations;
}

function permuted<T>(list: readonly T[], positions: readonly number[]): T[] {
  const result = [...list];
  positions.forEach((position, i) => {
    result[position] = list[i];
  });
  return result;
}
