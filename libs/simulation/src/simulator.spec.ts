import { buildInstance } from './build-instance';
import type { InstanceSpec } from './instance';
import { PUBLISHED_INSTANCES, type PublishedInstance } from './jobshop/published-instances';
import { readJobshop } from './jobshop/read-jobshop';
import type { Rule } from './rules';
import { simulate } from './simulator';

const runOf = (spec: InstanceSpec, rule: Rule = 'FIFO') => simulate(buildInstance(spec), { rule });

describe('the simulator', () => {
  // Non-delay schedules of these instances, ties by the lowest job number.
  it.each<[PublishedInstance, Rule, number]>([
    ['ft06', 'SPT', 88],
    ['ft06', 'FIFO', 65],
    ['ft06', 'MWKR', 61],
    ['ft10', 'SPT', 1074],
    ['ft10', 'FIFO', 1184],
    ['la01', 'SPT', 751],
    ['abz5', 'SPT', 1352],
  ])('schedules %s by %s in %i', (name, rule, makespan) => {
    expect(runOf(readJobshop(PUBLISHED_INSTANCES[name]), rule).makespan).toBe(makespan);
  });

  it('pauses over closed time and goes on afterwards', () => {
    // Open 0-8 and 24-32: 6 hours from 5 are 3 before the evening and 3 from 24 on; the second job starts at 27.
    const run = runOf({
      resources: [
        {
          capacity: 1,
          calendar: [
            { from: 0, until: 8 },
            { from: 24, until: 32 },
          ],
        },
      ],
      jobs: [
        { release: 5, operations: [{ resource: 0, duration: 6 }] },
        { release: 6, operations: [{ resource: 0, duration: 2 }] },
      ],
    });
    expect([...run.start]).toEqual([5, 27]);
    expect([...run.completion]).toEqual([27, 29]);
  });

  it('starts nothing while closed, and never what the calendar has no time for', () => {
    const run = runOf({
      resources: [{ capacity: 1, calendar: [{ from: 10, until: 20 }] }],
      jobs: [{ operations: [{ resource: 0, duration: 4 }] }, { operations: [{ resource: 0, duration: 7 }] }],
    });
    expect([...run.start]).toEqual([10, 14]);
    expect([...run.completion]).toEqual([14, NaN]);
    expect(run.unfinished).toBe(1);
  });

  it('serves a breakdown’s victim when it is over', () => {
    const run = runOf({
      resources: [{ capacity: 1, unavailable: [{ from: 3, until: 13 }] }],
      jobs: [{ operations: [{ resource: 0, duration: 5 }] }],
    });
    expect(run.completion[0]).toBe(15);
  });

  it('counts what is in process at the start, even above the capacity', () => {
    // Two in process on one server: until both are done, at 4 and 6, nobody else starts.
    const run = runOf({
      start: 0,
      resources: [{ capacity: 1 }],
      jobs: [
        { release: -9, inProcess: { since: -3, remaining: 4 }, operations: [{ resource: 0, duration: 5 }] },
        { release: -9, inProcess: { since: -2 }, operations: [{ resource: 0, duration: 8 }] },
        { operations: [{ resource: 0, duration: 1 }] },
      ],
    });
    expect([...run.start]).toEqual([-3, -2, 6]);
    expect([...run.completion]).toEqual([4, 6, 7]);
  });
});
