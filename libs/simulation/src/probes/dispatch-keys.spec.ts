import fc from 'fast-check';
import { buildInstance } from '../build-instance';
import { type InstanceSpec, type JobSpec, UNLIMITED } from '../instance';
import { type Rule, RULES } from '../rules';
import type { SimulationRun } from '../simulation-run';
import { simulate } from '../simulator';
import { arrivalOf } from './arrival-of';
import { dispatchKeys } from './dispatch-keys';

const job = (duration: number, more: Partial<JobSpec> = {}): JobSpec => ({
  operations: [{ resource: 0, duration }],
  ...more,
});

const ALWAYS = [{ from: -100, until: Infinity }];

/** Jobs that waited before the run, are in process or take no time, at resources with and without limits and calendars. */
const instances: fc.Arbitrary<InstanceSpec> = fc.record({
  resources: fc.constant([
    { capacity: 1 },
    { capacity: 2, calendar: [{ from: 2, until: Infinity }] },
    { capacity: Infinity },
    { capacity: Infinity, calendar: ALWAYS },
  ]),
  jobs: fc.array(
    fc.record(
      {
        release: fc.integer({ min: -5, max: 6 }),
        queuedSince: fc.integer({ min: -9, max: 6 }),
        due: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
        weight: fc.integer({ min: 0, max: 3 }),
        priorityClass: fc.integer({ min: -1, max: 1 }),
        inProcess: fc.record({ since: fc.integer({ min: -3, max: 0 }), remaining: fc.nat(2) }),
        operations: fc.array(
          fc.record({ resource: fc.constantFrom(0, 0, 1, 2, 3), duration: fc.oneof(fc.constant(0), fc.nat(4)) }),
          { minLength: 1, maxLength: 4 },
        ),
      },
      { requiredKeys: ['operations'] },
    ),
    { maxLength: 12, size: 'max' },
  ),
});

/** Pairs of the operation that was served and one that had come before that moment and should have been. */
function inversions(run: SimulationRun): [served: number, waiting: number][] {
  const { operationCount, operationResource, operationJob, capacity, calendarOf } = run.instance;
  const keys = dispatchKeys(run);
  const left = new Set(run.dispatched);
  for (let operation = 0; operation < operationCount; operation += 1) {
    if (Number.isNaN(run.start[operation])) left.add(operation);
  }
  const found: [number, number][] = [];
  for (const served of run.dispatched) {
    left.delete(served);
    const resource = operationResource[served];
    if (capacity[resource] === UNLIMITED && calendarOf[resource] < 0) continue;
    for (const other of left) {
      if (operationResource[other] !== resource || !(arrivalOf(run, other) < run.start[served])) continue;
      const order = keys[other] - keys[served] || operationJob[other] - operationJob[served];
      if (order < 0) found.push([served, other]);
    }
  }
  return found;
}

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

  it('begin anew at each further queue', () => {
    const resources = [
      { capacity: 1 },
      { capacity: 1 },
      { capacity: Infinity },
      { capacity: Infinity, calendar: ALWAYS },
    ];
    const keys = (inProcess: JobSpec['inProcess'], ...steps: [resource: number, duration: number][]) => {
      const operations = steps.map(([resource, duration]) => ({ resource, duration }));
      const jobs = [{ release: -9, inProcess, operations }];
      return [...dispatchKeys(simulate(buildInstance({ resources, jobs }), { rule: 'FIFO' }))];
    };
    // Queued since -9 until the first server is there at 0: after it, after one that took no time, after what took time
    // without a queue, and after a calendar, which had it wait.
    expect(keys(undefined, [0, 4], [1, 2])).toEqual([-9, 4]);
    expect(keys(undefined, [0, 0], [1, 2])).toEqual([-9, 0]);
    expect(keys(undefined, [2, 5], [1, 2])).toEqual([-9, 5]);
    expect(keys(undefined, [3, 0], [1, 2])).toEqual([-9, 0]);
    expect(keys(undefined, [2, 0], [1, 2])).toEqual([-9, -9]);
    // What was in process at the start has left its queue.
    expect(keys({ since: 0, remaining: 0 }, [2, 5], [1, 2])[1]).toBe(0);
  });

  it('are drawn for the operation, whatever other jobs there are', () => {
    const operations = [1, 2].map((duration) => ({ resource: 0, duration }));
    const keys = (before: number) => {
      const jobs = [{ operations: Array.from({ length: before }, () => operations[0]) }, { operations }];
      const instance = buildInstance({ resources: [{ capacity: 1 }], jobs });
      return [...dispatchKeys(simulate(instance, { rule: 'RANDOM', seed: 3 }))].slice(before);
    };
    expect(keys(3)).toEqual(keys(1));
    expect(new Set(keys(1)).size).toBe(2);
  });

  it('are of who waits at a resource the smallest of whom it serves, of equal ones the lowest job’s', () => {
    const rules = fc.constantFrom<Rule[]>('FIFO', 'FIFO', 'FIFO', ...RULES);
    fc.assert(
      fc.property(instances, rules, fc.nat(), (spec, rule, seed) => {
        expect(inversions(simulate(buildInstance(spec), { rule, seed }))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
