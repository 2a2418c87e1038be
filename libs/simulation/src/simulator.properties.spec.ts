import fc from 'fast-check';
import { buildInstance } from './build-instance';
import { type InstanceSpec, type JobSpec, type ResourceSpec } from './instance';
import { type Rule, RULES } from './rules';
import { simulate, Simulator } from './simulator';

/** Behind this no calendar of the tests is open any more. */
const END = 300;
const COMPARED = RULES.filter((rule) => rule !== 'RANDOM');

const window = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 15 }))
  .map(([from, length]) => ({ from, until: from + length }));

/** Sorted intervals from gaps and lengths; some touch, some have servers of their own. */
const calendar = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 9 }),
      length: fc.integer({ min: 1, max: 12 }),
      capacity: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 2 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => {
    let at = -5;
    return pieces.map(({ gap, length, capacity }) => {
      const from = at + gap;
      at = from + length;
      return { from, until: at, ...(capacity === undefined ? {} : { capacity }) };
    });
  });

const resource: fc.Arbitrary<ResourceSpec> = fc.record(
  {
    capacity: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(Infinity)),
    calendar,
    unavailable: fc.array(window, { maxLength: 2 }),
  },
  { requiredKeys: ['capacity'] },
);

const job = (resources: number): fc.Arbitrary<JobSpec> =>
  fc
    .record(
      {
        release: fc.integer({ min: -5, max: 20 }),
        due: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
        weight: fc.integer({ min: 0, max: 4 }),
        priorityClass: fc.integer({ min: -1, max: 1 }),
        queuedSince: fc.integer({ min: -9, max: 0 }),
        inProcess: fc.record({ since: fc.integer({ min: -9, max: 0 }), remaining: fc.integer({ min: 0, max: 6 }) }),
        operations: fc.array(
          fc.record({
            resource: fc.integer({ min: 0, max: resources - 1 }),
            duration: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(0)),
          }),
          { maxLength: 5 },
        ),
      },
      { requiredKeys: ['operations'] },
    )
    .map((spec) => (spec.operations.length === 0 ? { ...spec, inProcess: undefined } : spec));

const instances: fc.Arbitrary<InstanceSpec> = fc
  .array(resource, { minLength: 1, maxLength: 3 })
  .chain((resources) =>
    fc.record({ resources: fc.constant(resources), jobs: fc.array(job(resources.length), { maxLength: 8 }) }),
  );

interface Step {
  start: number;
  end: number;
}

/**
 * The same semantics without anything of the engine: walks through every unit of time, moves each operation in process by
 * one unit where its resource is open, and looks through all jobs for the best one whenever a server is free.
 */
function walk({ resources, jobs }: InstanceSpec, rule: Rule): { steps: Step[][]; completion: number[] } {
  const servers = (r: number, t: number): number => {
    const { capacity, calendar: intervals, unavailable = [] } = resources[r];
    if (unavailable.some(({ from, until }) => from <= t && t < until)) return 0;
    if (intervals === undefined) return capacity;
    const open = intervals.find(({ from, until }) => from <= t && t < until);
    return open === undefined ? 0 : (open.capacity ?? capacity);
  };
  const isOpen = (r: number, t: number): boolean => {
    const { calendar: intervals, unavailable = [] } = resources[r];
    if (unavailable.some(({ from, until }) => from <= t && t < until)) return false;
    return intervals === undefined || intervals.some(({ from, until }) => from <= t && t < until);
  };
  const states = jobs.map((spec, j) => ({
    j,
    spec,
    at: spec.inProcess === undefined ? -1 : 0,
    left: spec.inProcess?.remaining ?? NaN,
    since: NaN,
    isInProcess: spec.inProcess !== undefined,
  }));
  const steps = jobs.map(({ operations, inProcess }) =>
    operations.map((_, k) => ({ start: k === 0 ? (inProcess?.since ?? NaN) : NaN, end: NaN })),
  );
  const completion = jobs.map(() => NaN);
  type State = (typeof states)[number];
  const key = (state: State, t: number): number => {
    const { spec, at, since } = state;
    const rest = spec.operations.slice(at);
    const work = rest.reduce((sum, { duration }) => sum + duration, 0);
    const due = spec.due ?? Infinity;
    const weight = spec.weight ?? 1;
    switch (rule) {
      case 'EDD':
        return due;
      case 'SPT':
        return rest[0].duration;
      case 'SLACK':
        return due - t - work;
      case 'LPT':
        return -rest[0].duration;
      case 'MWKR':
        return -work;
      case 'LWKR':
        return work;
      case 'MOPNR':
        return -rest.length;
      case 'WSPT':
        return weight === 0 ? Infinity : rest[0].duration / weight;
      default:
        return since;
    }
  };
  const isBefore = (a: State, b: State, t: number): boolean => {
    const classes = (a.spec.priorityClass ?? 0) - (b.spec.priorityClass ?? 0);
    if (classes !== 0) return classes < 0;
    const [ka, kb] = [key(a, t), key(b, t)];
    return ka === kb ? a.j < b.j : ka < kb;
  };
  const stand = (state: State, t: number, since: number): void => {
    state.at += 1;
    state.since = since;
    state.isInProcess = false;
    if (state.at === state.spec.operations.length) completion[state.j] = t;
  };
  const isWaiting = (state: State): boolean =>
    !state.isInProcess && state.at >= 0 && state.at < state.spec.operations.length;
  for (let t = 0; t <= END; t += 1) {
    for (let hasChanged = true; hasChanged;) {
      hasChanged = false;
      for (const state of states) {
        const { spec, j } = state;
        if (state.isInProcess && state.left === 0) {
          steps[j][state.at].end = t;
          stand(state, t, t);
          hasChanged = true;
        } else if (state.at === -1 && (spec.release ?? 0) <= t) {
          stand(state, t, Math.min(t, spec.queuedSince ?? spec.release ?? 0));
          hasChanged = true;
        }
      }
      // Where nobody ever waits, the wait that began before goes on at the next resource.
      for (const state of states) {
        while (isWaiting(state)) {
          const { resource: r, duration } = state.spec.operations[state.at];
          const { capacity, calendar: intervals, unavailable = [] } = resources[r];
          if (capacity < Infinity || intervals !== undefined || unavailable.length > 0) break;
          steps[state.j][state.at].start = t;
          hasChanged = true;
          if (duration > 0) {
            Object.assign(state, { isInProcess: true, left: duration });
            break;
          }
          steps[state.j][state.at].end = t;
          stand(state, t, state.since);
        }
      }
      if (hasChanged) continue;
      for (let r = 0; r < resources.length; r += 1) {
        for (;;) {
          const busy = states.filter((s) => s.isInProcess && s.spec.operations[s.at].resource === r).length;
          const waiting = states.filter((s) => isWaiting(s) && s.spec.operations[s.at].resource === r);
          if (waiting.length === 0 || busy >= servers(r, t)) break;
          const best = waiting.reduce((a, b) => (isBefore(b, a, t) ? b : a));
          best.isInProcess = true;
          best.left = best.spec.operations[best.at].duration;
          steps[best.j][best.at].start = t;
          hasChanged = true;
        }
      }
    }
    for (const state of states) {
      if (state.isInProcess && isOpen(state.spec.operations[state.at].resource, t)) state.left -= 1;
    }
  }
  return { steps, completion };
}

describe('whatever the instance', () => {
  it.each(COMPARED)('%s gives the schedule that a walk through every unit of time gives', (rule) => {
    fc.assert(
      fc.property(instances, (spec) => {
        const run = simulate(buildInstance(spec), { rule, until: END });
        const walked = walk(spec, rule);
        expect([...run.start]).toEqual(walked.steps.flat().map(({ start }) => start));
        expect([...run.end]).toEqual(walked.steps.flat().map(({ end }) => end));
        expect([...run.completion]).toEqual(walked.completion);
      }),
      { numRuns: 300 },
    );
  });

  it('the same instance, rule and seed give the same run, in a new simulator and in one that ran others before', () => {
    fc.assert(
      fc.property(instances, fc.constantFrom(...RULES), fc.maxSafeNat(), (spec, rule, seed) => {
        const instance = buildInstance(spec);
        const used = new Simulator(instance);
        used.run({ rule: 'LPT' });
        expect(used.run({ rule, seed })).toEqual(simulate(buildInstance(spec), { rule, seed }));
      }),
    );
  });

  it('a run changes nothing of its instance, and passes to another thread and back', () => {
    fc.assert(
      fc.property(instances, (spec) => {
        const instance = buildInstance(spec);
        const sent = structuredClone(instance);
        expect(simulate(sent, { rule: 'EDD' })).toEqual(simulate(instance, { rule: 'EDD' }));
        expect(instance).toEqual(buildInstance(spec));
      }),
      { numRuns: 30 },
    );
  });
});
