import { buildInstance } from '../build-instance';
import type { InstanceSpec, JobSpec } from '../instance';
import type { Rule } from '../rules';
import { simulate } from '../simulator';
import { firstDecisionDifference, firstJobDifference } from './first-difference';

const runOf = (spec: InstanceSpec, rule: Rule = 'FIFO') => simulate(buildInstance(spec), { rule });
const job = (duration: number, more: Partial<JobSpec> = {}): JobSpec => ({
  operations: [{ resource: 0, duration }],
  ...more,
});
/** A job through several resources. */
const through = (...steps: [resource: number, duration: number][]): JobSpec => ({
  operations: steps.map(([resource, duration]) => ({ resource, duration })),
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

  it('is the earliest over all resources, and of one moment that of the lesser number', () => {
    // The second of each resource starts when the first is done. Elsewhere, earlier and later there are jobs that do not
    // wait there at that time.
    const shop = buildInstance({
      resources: [{ capacity: 1 }, { capacity: 1 }],
      jobs: [job(1), job(9), through([1, 1]), through([1, 9]), { ...through([1, 1]), release: 8 }],
    });
    const lasting = (first: number, second: number) =>
      simulate(shop, { rule: 'FIFO', durations: Float64Array.of(first, 9, second, 9, 1) });
    expect(firstDecisionDifference(lasting(4, 2), lasting(5, 3))).toEqual({
      resource: 1,
      time: 2,
      before: { operation: 3, job: 3, time: 2 },
      after: { operation: 3, job: 3, time: 3 },
      waitingBefore: [3],
      waitingAfter: [3],
    });
    expect(firstDecisionDifference(lasting(2, 4), lasting(3, 5))).toMatchObject({ resource: 0, time: 2 });
    expect(firstDecisionDifference(lasting(2, 2), lasting(3, 3))).toMatchObject({ resource: 0, time: 2 });
  });

  it('may be one that only one of them takes', () => {
    const less = runOf({ resources: [{ capacity: 1 }], jobs: [job(4)] });
    const more = runOf({ resources: [{ capacity: 1 }], jobs: [job(4), job(1, { release: 6 })] });
    const taken = { operation: 1, job: 1, time: 6 };
    const common = { resource: 0, time: 6 };
    expect(firstDecisionDifference(less, more)).toEqual({
      ...common,
      before: undefined,
      after: taken,
      waitingBefore: [],
      waitingAfter: [1],
    });
    expect(firstDecisionDifference(more, less)).toEqual({
      ...common,
      before: taken,
      after: undefined,
      waitingBefore: [1],
      waitingAfter: [],
    });
  });

  it('may be at a resource that only one of them has', () => {
    const less = runOf({ resources: [{ capacity: 1 }], jobs: [job(4)] });
    const more = runOf({ resources: [{ capacity: 1 }, { capacity: 1 }], jobs: [job(4), through([1, 1])] });
    const taken = { operation: 1, job: 1, time: 0 };
    expect(firstDecisionDifference(less, more)).toEqual({
      resource: 1,
      time: 0,
      before: undefined,
      after: taken,
      waitingBefore: [],
      waitingAfter: [1],
    });
    expect(firstDecisionDifference(more, less)).toMatchObject({
      resource: 1,
      time: 0,
      before: taken,
      waitingAfter: [],
    });
  });

  it('is one where only one of them has a limit, at the earlier of the two times', () => {
    const jobs = [job(4), job(4)];
    const limited = runOf({ resources: [{ capacity: 1 }], jobs });
    const unlimited = runOf({ resources: [{ capacity: Infinity }], jobs });
    const [late, early] = [4, 0].map((time) => ({ operation: 1, job: 1, time }));
    expect(firstDecisionDifference(limited, unlimited)).toMatchObject({ time: 0, before: late, after: early });
    expect(firstDecisionDifference(unlimited, limited)).toMatchObject({ time: 0, before: early, after: late });
  });

  it('of a job is none where others differ', () => {
    const longer = simulate(instance, { rule: 'FIFO', durations: Float64Array.of(5, 6, 3) });
    expect(firstJobDifference(fifo, longer, 0)).toBeUndefined();
    expect(firstJobDifference(fifo, longer, 1)).toMatchObject({ operation: 1, reason: 'duration' });
  });

  it('of a job is not whom another resource served, though that came after it before', () => {
    // The second waits until 5 instead of 1 because the first takes longer. The third comes to the other resource at 2, while
    // it waits, instead of 3, when it had started.
    const shop = buildInstance({
      resources: [{ capacity: 1 }, { capacity: 1 }, { capacity: Infinity }],
      jobs: [job(1), job(1), through([2, 3], [1, 1])],
    });
    const before = simulate(shop, { rule: 'FIFO' });
    const after = simulate(shop, { rule: 'FIFO', durations: Float64Array.of(5, 1, 2, 1) });
    expect([before.start[3], after.start[3]]).toEqual([3, 2]);
    expect(firstJobDifference(before, after, 1)).toEqual({
      operation: 1,
      resource: 0,
      arrival: 0,
      startBefore: 1,
      startAfter: 5,
      reason: 'server',
      by: undefined,
    });
  });

  it('of a job is not whom the server had begun when it came', () => {
    // It comes at 10. The other comes at 12, later at 8, and then is at work until 13.
    const shop = buildInstance({
      resources: [{ capacity: 1 }, { capacity: Infinity }],
      jobs: [job(1, { release: 10 }), through([1, 12], [0, 5])],
    });
    const before = simulate(shop, { rule: 'FIFO' });
    const after = simulate(shop, { rule: 'FIFO', durations: Float64Array.of(1, 8, 5) });
    expect(firstJobDifference(before, after, 0)).toMatchObject({
      arrival: 10,
      startBefore: 10,
      startAfter: 13,
      reason: 'server',
      by: undefined,
    });
  });

  it('of a job goes by the order of dispatch where two start at one moment', () => {
    // Two servers take both at 0, one server the second first, which is due earlier. By FIFO it came after the first before,
    // by EDD it went first then too, and what differs is the server.
    const two = [job(4, { due: 20 }), job(4, { due: 10 })];
    const before = (rule: Rule) => runOf({ resources: [{ capacity: 2 }], jobs: two }, rule);
    const after = runOf({ resources: [{ capacity: 1 }], jobs: two }, 'EDD');
    expect(firstJobDifference(before('FIFO'), after, 0)).toMatchObject({ startAfter: 4, reason: 'overtaken', by: 1 });
    expect(firstJobDifference(before('EDD'), after, 0)).toMatchObject({
      startAfter: 4,
      reason: 'server',
      by: undefined,
    });
  });

  it('of a job takes what was in process at the start for served before it', () => {
    const before = runOf({
      resources: [{ capacity: 2 }],
      jobs: [job(4, { inProcess: { since: 0, remaining: 4 } }), job(1)],
    });
    const after = runOf({ resources: [{ capacity: 1 }], jobs: [job(4), job(1)] });
    expect(firstJobDifference(before, after, 1)).toMatchObject({ startBefore: 0, startAfter: 4, reason: 'server' });
  });

  it('of a job may be that it never starts in one of them', () => {
    // Time for one alone: by FIFO the first, by EDD the second.
    const closing = {
      resources: [{ capacity: 1, calendar: [{ from: 0, until: 5 }] }],
      jobs: [job(5, { due: 20 }), job(5, { due: 10 })],
    };
    const [first, second] = [runOf(closing, 'FIFO'), runOf(closing, 'EDD')];
    expect(firstJobDifference(first, second, 0)).toMatchObject({
      startBefore: 0,
      startAfter: NaN,
      reason: 'overtaken',
      by: 1,
    });
    expect(firstJobDifference(second, first, 0)).toMatchObject({
      startBefore: NaN,
      startAfter: 0,
      reason: 'overtaken',
      by: 1,
    });
    expect(firstJobDifference(first, first, 1)).toBeUndefined();
  });
});
