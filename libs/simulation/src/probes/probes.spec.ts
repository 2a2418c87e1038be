import { buildInstance } from '../build-instance';
import type { InstanceSpec, JobSpec } from '../instance';
import type { Rule } from '../rules';
import { simulate } from '../simulator';
import { activePeriodShares } from './active-period-shares';
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

  it('counts as tardy what is finished after its due date, not at it', () => {
    // Finished at 4, 6 and 9: the first on time to the unit, the last 8 late.
    const run = runOf({
      resources: [{ capacity: 1 }],
      jobs: [job(4, { due: 4 }), job(2, { due: 7 }), job(3, { due: 1 })],
    });
    expect(summarize(run)).toMatchObject({ jobsWithDue: 3, tardyJobs: 1, meanTardiness: 8 / 3, maxTardiness: 8 });
  });

  it('of nothing is nothing', () => {
    expect(summarize(runOf({ resources: [], jobs: [] }))).toEqual({
      makespan: 0,
      jobs: 0,
      finished: 0,
      meanFlowTime: 0,
      maxFlowTime: 0,
      jobsWithDue: 0,
      tardyJobs: 0,
      meanTardiness: 0,
      maxTardiness: 0,
      weightedTardiness: 0,
    });
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

  it('go on with who waits at the end of a run, and leave out what never came', () => {
    // The first is in process from 0 and never comes to its second operation; the other waits from 5 on.
    const twice = { operations: [9, 1].map((duration) => ({ resource: 0, duration })) };
    const instance = buildInstance({ resources: [{ capacity: 1 }], jobs: [twice, job(2, { release: 5 })] });
    const queue = queueLengthOverTime(simulate(instance, { rule: 'FIFO', until: 6 }), 0);
    expect([[...queue.time], [...queue.value]]).toEqual([
      [0, 5],
      [0, 1],
    ]);
  });

  it('keep what is not complete in process', () => {
    // Two are there from 0 and one from 5; one is complete, at 4.
    const wip = workInProcessOverTime(simulate(THREE.instance, { rule: 'FIFO', until: 5 }));
    expect([[...wip.time], [...wip.value]]).toEqual([
      [0, 4, 5],
      [2, 1, 2],
    ]);
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

  it('counts from the start and from each arrival', () => {
    // Served 100-104, 104-110 and 110-112; they came at 100 (the start), 100 and 103, and waited 0, 4 and 7.
    const uses = resourceUse(
      runOf({
        start: 100,
        resources: [{ capacity: 1 }, { capacity: 1 }],
        jobs: [job(4), job(6), job(2, { release: 103 })],
      }),
    );
    const idle = { busyTime: 0, openTime: 12, utilisation: 0, meanWait: 0, maxWait: 0, meanQueue: 0 };
    expect(uses).toEqual([
      {
        ...idle,
        resource: 0,
        operations: 3,
        busyTime: 12,
        utilisation: 1,
        meanWait: 11 / 3,
        maxWait: 7,
        meanQueue: 11 / 12,
      },
      { ...idle, resource: 1, operations: 0 },
    ]);
  });

  it('has no wait of what is in process at the start, and its work from there on only', () => {
    const run = runOf({
      start: 100,
      resources: [{ capacity: 1 }],
      jobs: [job(9, { release: 80, inProcess: { since: 90, remaining: 3 } })],
    });
    expect(resourceUse(run)[0]).toMatchObject({ operations: 1, busyTime: 3, openTime: 3, utilisation: 1, meanWait: 0 });
  });

  it('takes the servers of each interval, and none of those behind the last completion', () => {
    // Two of 5 at 0-5, then one server for the next, 5-8 through the hours for which none is planned, and the last at 8-9.
    // Planned are 4 x 2, 2 x 1, 2 x 0 and 1 x 2; the work is 5 + 5 + 3 + 1.
    const calendar = [
      { from: 0, until: 4 },
      { from: 4, until: 6, capacity: 1 },
      { from: 6, until: 8, capacity: 0 },
      { from: 8, until: 20 },
      { from: 30, until: 40 },
    ];
    const run = runOf({ resources: [{ capacity: 2, calendar }], jobs: [job(5), job(5), job(3), job(1)] });
    expect([...run.completion]).toEqual([5, 5, 8, 9]);
    expect(resourceUse(run)[0]).toMatchObject({ busyTime: 14, openTime: 12, utilisation: 14 / 12 });
  });

  it('has no limit also within a calendar', () => {
    const calendar = [
      { from: 0, until: 4 },
      { from: 4, until: 9 },
    ];
    const [use] = resourceUse(runOf({ resources: [{ capacity: Infinity, calendar }], jobs: [job(4)] }));
    expect(use).toMatchObject({ busyTime: 4, openTime: Infinity, utilisation: 0 });
  });

  it('ends with the last completion, whatever was begun or waits', () => {
    // Complete is the first alone, at 4. The second begins at 8 and the third waits behind it; nothing comes to the second
    // operation. On the other resource one works from 0 on and one waits from 2 on.
    const there = (duration: number) => ({ resource: 1, duration });
    const instance = buildInstance({
      resources: [{ capacity: 1 }, { capacity: 1 }],
      jobs: [
        job(4),
        { release: 8, operations: [{ resource: 0, duration: 5 }, there(1)] },
        job(1, { release: 8 }),
        { operations: [there(50)] },
        { release: 2, operations: [there(1)] },
      ],
    });
    const uses = resourceUse(simulate(instance, { rule: 'FIFO', until: 9 }));
    const use = { busyTime: 4, openTime: 4, utilisation: 1, meanWait: 0, maxWait: 0 };
    expect(uses).toEqual([
      { ...use, resource: 0, operations: 2, meanQueue: 0 },
      { ...use, resource: 1, operations: 1, meanQueue: 2 / 4 },
    ]);
  });

  it('is nothing where nothing was completed', () => {
    const instance = buildInstance({
      resources: [{ capacity: 1 }, { capacity: Infinity }],
      jobs: [job(5), job(5), { operations: [{ resource: 1, duration: 5 }] }],
    });
    const none = { operations: 1, busyTime: 0, openTime: 0, utilisation: 0, meanWait: 0, maxWait: 0, meanQueue: 0 };
    expect(resourceUse(simulate(instance, { rule: 'FIFO', until: 3 }))).toEqual([
      { ...none, resource: 0 },
      { ...none, resource: 1 },
    ]);
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

  it('leaves resources out of the active periods where asked to', () => {
    // The two work at once, 0-4 and 0-10; without the longer one the other is the bottleneck while it works.
    const jobs = [job(4), { operations: [{ resource: 1, duration: 10 }] }];
    const run = runOf({ resources: [{ capacity: 1 }, { capacity: 1 }], jobs });
    expect(activePeriodShares(run, (resource) => resource !== 1)).toEqual([
      { resource: 0, activeShare: 0.4, soleShare: 0.4, shiftingShare: 0 },
    ]);
  });

  it('is active up to the last completion with what was begun, and not with what never was', () => {
    // Until 4 both work, of equally long periods that of the lesser number counts; nothing is begun at the third.
    const at = (resource: number, ...durations: number[]): JobSpec => ({
      operations: durations.map((duration) => ({ resource, duration })),
    });
    const closed = { capacity: 1, calendar: [{ from: 100, until: 200 }] };
    const instance = buildInstance({
      resources: [{ capacity: 1 }, { capacity: 1 }, closed],
      jobs: [at(0, 4), at(1, 50, 1), at(2, 1)],
    });
    expect(activePeriodShares(simulate(instance, { rule: 'FIFO', until: 9 }))).toEqual([
      { resource: 0, activeShare: 1, soleShare: 1, shiftingShare: 0 },
      { resource: 1, activeShare: 1, soleShare: 0, shiftingShare: 0 },
    ]);
  });
});
