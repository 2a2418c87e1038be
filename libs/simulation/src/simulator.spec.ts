import { buildInstance } from './build-instance';
import type { InstanceSpec, JobSpec } from './instance';
import { PUBLISHED_INSTANCES, type PublishedInstance } from './jobshop/published-instances';
import { readJobshop } from './jobshop/read-jobshop';
import type { Rule } from './rules';
import { simulate, Simulator } from './simulator';

const runOf = (spec: InstanceSpec, rule: Rule = 'FIFO') => simulate(buildInstance(spec), { rule });
const job = (duration: number, more: Partial<JobSpec> = {}): JobSpec => ({
  operations: [{ resource: 0, duration }],
  ...more,
});

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

  it('counts the makespan from the start, and the events that it took', () => {
    // Served 100-104 and 104-106: two arrivals and two completions.
    const run = runOf({ start: 100, resources: [{ capacity: 1 }], jobs: [job(4), job(2)] });
    expect([...run.completion]).toEqual([104, 106]);
    expect(run).toMatchObject({ makespan: 6, unfinished: 0, events: 4 });
  });

  it('does not finish what was in process where the calendar has no time for it', () => {
    const run = runOf({
      resources: [{ capacity: 1, calendar: [{ from: 0, until: 5 }] }],
      jobs: [job(9, { inProcess: { since: 0, remaining: 6 } })],
    });
    expect([...run.completion]).toEqual([NaN]);
    expect(run).toMatchObject({ makespan: 0, unfinished: 1, events: 0 });
  });

  it('tells what was dispatched, and nothing else, where it ends before all is', () => {
    // In process at the start, and so not dispatched, is the second; the third waits at 5.
    const jobs = [job(4, { release: 2 }), job(2, { inProcess: { since: 0, remaining: 2 } }), job(3, { release: 1 })];
    const shop = buildInstance({ resources: [{ capacity: 1 }], jobs });
    expect([...simulate(shop, { rule: 'LPT', until: 5 }).dispatched]).toEqual([0]);
    expect([...simulate(shop, { rule: 'LPT' }).dispatched]).toEqual([0, 2]);
  });

  it('has nobody wait longer than since the arrival, whatever is said of the queue before', () => {
    // In process until 20; the second is there from 0, the third from 10. By FIFO the second goes first, though it is said
    // to have queued since 50.
    const run = runOf({
      resources: [{ capacity: 1 }],
      jobs: [job(20, { inProcess: { since: 0 } }), job(1, { queuedSince: 50 }), job(1, { release: 10 })],
    });
    expect([...run.start]).toEqual([0, 20, 21]);
  });

  it('looks for an opening only where somebody waits for one', () => {
    const days = [0, 10, 20].map((from) => ({ from, until: from + 5 }));
    const events = (calendar: InstanceSpec['resources'][number]['calendar'], ...jobs: InstanceSpec['jobs']) =>
      runOf({ resources: [{ capacity: 1, calendar }], jobs }).events;
    // Two that are served one after the other, over two nights: arrivals and completions alone, as the second waits for the
    // first, not for an opening.
    expect(events(days, job(6), job(6))).toBe(4);
    // Who comes by night waits for the morning.
    expect(events(days, job(2, { release: 6 }))).toBe(3);
    // Where servers are added by the hour, who waits for one looks at each opening, and nobody else does.
    const growing = days.map((day, i) => ({ ...day, capacity: i + 1 }));
    expect(events(growing, job(2))).toBe(2);
    expect(events(growing, job(12), job(2))).toBe(5);
  });

  it('begins anew in a simulator whose last run was cut short', () => {
    // At 5 one is in process, one waits and one has not come.
    const shop = buildInstance({ resources: [{ capacity: 1 }], jobs: [job(9), job(3), job(1, { release: 6 })] });
    const used = new Simulator(shop);
    used.run({ rule: 'FIFO', until: 5 });
    expect(used.run({ rule: 'SPT' })).toEqual(simulate(shop, { rule: 'SPT' }));
  });
});
