import { buildInstance } from '../build-instance';
import type { InstanceSpec, JobSpec } from '../instance';
import type { Rule } from '../rules';
import { simulate } from '../simulator';
import { activePeriodShares } from './active-period-shares';
import { dispatchKeys } from './dispatch-keys';
import { firstDecisionDifference, firstJobDifference } from './first-difference';
import { resourceUse } from './resource-use';
import { areaBelow, queueLengthOverTime, stepSeries, workInProcessOverTime } from './step-series';
import { summarize } from './summarize';

const runOf = (spec: InstanceSpec, rule: Rule = 'FIFO') => simulate(buildInstance(spec), { rule });
const job = (duration: number, more: Partial<JobSpec> = {}): JobSpec => ({
  operations: [{ resource: 0, duration }],
  ...more,
});

/** One server: 0-4, 4-6, 6-9; the last one is released at 5. */
const THREE = runOf({
  resources: [{ capacity: 1 }],
  jobs: [job(4, { due: 3, weight: 2 }), job(2, { due: 7 }), job(3, { release: 5 })],
});

describe('the summary of a run', () => {
  it('counts flow from the release, and tardiness of what has a due date', () => {
    // Flow 4, 6, 4. Late by 1 (weight 2) and not late; no due date.
    expect(summarize(THREE)).toEqual({
      makespan: 9,
      jobs: 3,
      finished: 3,
      meanFlowTime: 14 / 3,
      maxFlowTime: 6,
      jobsWithDue: 2,
      tardyJobs: 1,
      meanTardiness: 0.5,
      maxTardiness: 1,
      weightedTardiness: 2,
    });
  });

  it('leaves out what was not finished', () => {
    const run = simulate(THREE.instance, { rule: 'FIFO', until: 6 });
    expect(summarize(run)).toMatchObject({ makespan: 6, jobs: 3, finished: 2, meanFlowTime: 5 });
    expect([...run.start]).toEqual([0, 4, 6]);
    expect([...run.end]).toEqual([4, 6, NaN]);
  });

  it('of nothing is nothing', () => {
    expect(summarize(runOf({ resources: [], jobs: [] }))).toMatchObject({ makespan: 0, jobs: 0, meanFlowTime: 0 });
  });
});

describe('counts over time', () => {
  it('show the queue and the work in process step by step', () => {
    // Waiting: the second 0-4, the third 5-6. In process: 2 until 4, 1 until 5, 2 until 6, 1 until 9.
    const queue = queueLengthOverTime(THREE, 0);
    expect([[...queue.time], [...queue.value]]).toEqual([
      [0, 4, 5, 6],
      [1, 0, 1, 0],
    ]);
    const wip = workInProcessOverTime(THREE);
    expect([[...wip.time], [...wip.value]]).toEqual([
      [0, 4, 5, 6, 9],
      [2, 1, 2, 1, 0],
    ]);
    expect(areaBelow(queue, 0, 9)).toBe(5);
    expect(areaBelow(wip, 4, 6)).toBe(3);
  });

  it('count what lies before the beginning from the beginning', () => {
    const series = stepSeries([-5, -5, 2], [-1, 2], 0);
    expect([[...series.time], [...series.value]]).toEqual([[0], [1]]);
  });
});

describe('the use of resources', () => {
  it('is server time within the calendar', () => {
    // Open 0-5 and 10-15. The first works 0-5 and 10-11, the second 11-13: busy 8 of the 8 open until the end at 13.
    const calendar = [
      { from: 0, until: 5 },
      { from: 10, until: 15 },
    ];
    const [use] = resourceUse(runOf({ resources: [{ capacity: 1, calendar }], jobs: [job(6), job(2)] }));
    expect(use).toEqual({
      resource: 0,
      operations: 2,
      busyTime: 8,
      openTime: 8,
      utilisation: 1,
      meanWait: 5.5,
      maxWait: 11,
      meanQueue: 11 / 13,
    });
  });

  it('counts servers, and has no utilisation where there is no limit', () => {
    const uses = resourceUse(
      runOf({
        resources: [{ capacity: 2 }, { capacity: Infinity }],
        jobs: [job(4), job(2), { operations: [{ resource: 1, duration: 8 }] }],
      }),
    );
    expect(uses[0]).toMatchObject({ busyTime: 6, openTime: 16, utilisation: 6 / 16 });
    expect(uses[1]).toMatchObject({ busyTime: 8, openTime: Infinity, utilisation: 0 });
  });

  it('names the bottleneck by active periods', () => {
    // Resource 0 is active 0-2, 1 from 2 to 12: the first alone until 2, then the other.
    const operations = [
      { resource: 0, duration: 2 },
      { resource: 1, duration: 10 },
    ];
    const shares = activePeriodShares(runOf({ resources: [{ capacity: 1 }, { capacity: 1 }], jobs: [{ operations }] }));
    expect(shares.map(({ resource, soleShare }) => [resource, soleShare])).toEqual([
      [1, 10 / 12],
      [0, 2 / 12],
    ]);
  });
});

describe('the difference of two runs', () => {
  const jobs = [job(5, { due: 30 }), job(4, { due: 20 }), job(3, { due: 10 })];
  const instance = buildInstance({ resources: [{ capacity: 1 }], jobs });
  const fifo = simulate(instance, { rule: 'FIFO' });
  const edd = simulate(instance, { rule: 'EDD' });

  it('is the first decision that differed, with who waited', () => {
    expect(firstDecisionDifference(fifo, edd)).toEqual({
      resource: 0,
      time: 0,
      before: { operation: 0, job: 0, time: 0 },
      after: { operation: 2, job: 2, time: 0 },
      waitingBefore: [0, 1, 2],
      waitingAfter: [0, 1, 2],
    });
    expect(firstDecisionDifference(fifo, fifo)).toBeUndefined();
  });

  it('is none where everybody is served at once, in whatever order', () => {
    // Both wait for the hour at which a resource without capacity opens: the rules name them in another order, and serve both.
    const through = (resource: number, due: number): JobSpec => ({
      due,
      operations: [
        { resource: 0, duration: 1 },
        { resource, duration: 5 },
      ],
    });
    const runs = (resource: number) =>
      (['FIFO', 'EDD'] as const).map((rule) =>
        runOf(
          {
            resources: [{ capacity: Infinity, calendar: [{ from: 3, until: Infinity }] }, { capacity: 1 }],
            jobs: [through(resource, 20), through(resource, 10)],
          },
          rule,
        ),
      );
    const [released, otherwise] = runs(0);
    expect([...released.dispatched.slice(0, 2)]).not.toEqual([...otherwise.dispatched.slice(0, 2)]);
    expect(firstDecisionDifference(released, otherwise)).toBeUndefined();
    const [queued, hurried] = runs(1);
    expect(firstDecisionDifference(queued, hurried)).toMatchObject({
      resource: 1,
      time: 4,
      before: { job: 0 },
      after: { job: 1 },
    });
  });

  it('is told job by job: overtaken by whom', () => {
    expect(firstJobDifference(fifo, edd, 0)).toMatchObject({
      resource: 0,
      startBefore: 0,
      startAfter: 7,
      reason: 'overtaken',
      by: 2,
    });
    // The third is served before the first, which came before it by FIFO.
    expect(firstJobDifference(fifo, edd, 2)).toMatchObject({
      startBefore: 9,
      startAfter: 0,
      reason: 'overtaken',
      by: 0,
    });
  });

  it('is a server that is free earlier, or work that takes longer, where nobody overtakes', () => {
    const two = simulate(buildInstance({ resources: [{ capacity: 2 }], jobs }), { rule: 'FIFO' });
    expect(firstJobDifference(fifo, two, 1)).toMatchObject({ startBefore: 5, startAfter: 0, reason: 'server' });
    const longer = simulate(instance, { rule: 'FIFO', durations: Float64Array.of(6, 4, 3) });
    expect(firstJobDifference(fifo, longer, 0)).toMatchObject({ reason: 'duration', startBefore: 0, startAfter: 0 });
    expect(firstJobDifference(fifo, longer, 1)).toMatchObject({ reason: 'server', startBefore: 5, startAfter: 6 });
    expect(firstJobDifference(fifo, fifo, 0)).toBeUndefined();
  });

  it('sees an urgent job that one of them has on top', () => {
    const vip = job(2, { due: 1, priorityClass: -1 });
    const after = simulate(buildInstance({ resources: [{ capacity: 1 }], jobs: [...jobs, vip] }), { rule: 'FIFO' });
    expect(firstDecisionDifference(fifo, after)).toMatchObject({ time: 0, after: { job: 3 } });
    expect(firstJobDifference(fifo, after, 0)).toMatchObject({ reason: 'overtaken', by: 3 });
  });
});

describe('the keys of a run', () => {
  it('order what was dispatched, smallest first', () => {
    const instance = buildInstance({
      resources: [{ capacity: 1 }],
      jobs: [job(5, { due: 30, weight: 1 }), job(4, { due: null, weight: 8 }), job(3, { due: 10, release: 2 })],
    });
    const keys = (rule: Rule) => [...dispatchKeys(simulate(instance, { rule }))];
    expect(keys('FIFO')).toEqual([0, 0, 2]);
    expect(keys('EDD')).toEqual([30, 2 ** 41, 10]);
    expect(keys('SLACK')).toEqual([25, 2 ** 41, 7]);
    expect(keys('WSPT')).toEqual([5, 0.5, 3]);
    expect(keys('MOPNR')).toEqual([-1, -1, -1]);
  });

  it('keep the wait that began before the run, through markers that take no time', () => {
    const instance = buildInstance({
      start: 100,
      resources: [{ capacity: Infinity }, { capacity: 1 }],
      jobs: [
        { release: 0, queuedSince: 90, operations: [{ resource: 1, duration: 1 }] },
        {
          release: 0,
          queuedSince: 80,
          operations: [
            { resource: 0, duration: 0 },
            { resource: 1, duration: 1 },
          ],
        },
      ],
    });
    const run = simulate(instance, { rule: 'FIFO' });
    expect([...dispatchKeys(run)]).toEqual([90, 80, 80]);
    expect([...run.start]).toEqual([101, 100, 100]);
  });
});
