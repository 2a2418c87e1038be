import fc from 'fast-check';
import { buildInstance } from '../build-instance';
import type { InstanceSpec } from '../instance';
import { RULES } from '../rules';
import { simulate } from '../simulator';
import { conservationViolations, littleViolations, monotonicityViolations, relabellingViolations } from './invariants';

/** Shops without calendars, released at the start or later. */
const shops: fc.Arbitrary<InstanceSpec> = fc.integer({ min: 1, max: 4 }).chain((machines) =>
  fc.record({
    resources: fc.array(fc.record({ capacity: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(Infinity)) }), {
      minLength: machines,
      maxLength: machines,
    }),
    jobs: fc.array(
      fc.record({
        release: fc.nat(100),
        due: fc.nat(200),
        operations: fc.array(fc.record({ resource: fc.nat(machines - 1), duration: fc.nat(20) }), { maxLength: 6 }),
      }),
      { maxLength: 15 },
    ),
  }),
);
const rules = fc.constantFrom(...RULES);

describe('of every run', () => {
  it('Little’s law holds on every window that begins and ends empty', () => {
    fc.assert(
      fc.property(shops, rules, (spec, rule) => {
        expect(littleViolations(simulate(buildInstance(spec), { rule }))).toBe(0);
      }),
    );
  });

  it('no server is free while a job waits for it, and no work is lost', () => {
    fc.assert(
      fc.property(shops, rules, (spec, rule) => {
        expect(conservationViolations(simulate(buildInstance(spec), { rule }))).toBe(0);
      }),
    );
  });

  it('longer services of a single server make no departure earlier', () => {
    const customer = fc.record({ release: fc.nat(200), duration: fc.nat(20), extra: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(customer, { maxLength: 40 }), (customers) => {
        expect(monotonicityViolations(customers)).toBe(0);
      }),
    );
  });

  it('numbers of jobs and resources carry no meaning where no keys are equal', () => {
    // Due dates that all differ: EDD has no ties.
    fc.assert(
      fc.property(shops, fc.nat(), fc.nat(), (spec, a, b) => {
        const jobs = spec.jobs.map((job, j) => ({ ...job, due: (job.due ?? 0) * 100 + j }));
        const turned = (length: number, by: number) => Array.from({ length }, (_, i) => (i + by) % length);
        const resources = turned(spec.resources.length, a);
        expect(relabellingViolations({ ...spec, jobs }, 'EDD', resources, turned(jobs.length, b))).toBe(0);
      }),
    );
  });
});

describe('the laws can be broken', () => {
  const run = simulate(
    buildInstance({
      resources: [{ capacity: 1 }],
      jobs: [{ operations: [{ resource: 0, duration: 2 }] }, { operations: [{ resource: 0, duration: 3 }] }],
    }),
    { rule: 'FIFO' },
  );

  it('by a server that idles while a job waits', () => {
    const idle = {
      ...run,
      start: Float64Array.of(0, 4),
      end: Float64Array.of(2, 7),
      completion: Float64Array.of(2, 7),
    };
    expect(conservationViolations(run)).toBe(0);
    expect(conservationViolations(idle)).toBe(1);
  });

  it('by a server that serves two at once, and by work that is lost', () => {
    expect(conservationViolations({ ...run, start: Float64Array.of(0, 0), end: Float64Array.of(2, 3) })).toBe(1);
    expect(conservationViolations({ ...run, end: Float64Array.of(2, 4) })).toBe(1);
  });

  it('by a server that idles after work that went well', () => {
    // The first is alone, 0-2. The others come at 10: one is served until 12, the other not before 14.
    const served = (start: number) => ({
      ...simulate(
        buildInstance({
          resources: [{ capacity: 1 }],
          jobs: [0, 10, 10].map((release, j) => ({
            release,
            operations: [{ resource: 0, duration: j === 2 ? 1 : 2 }],
          })),
        }),
        { rule: 'FIFO' },
      ),
      start: Float64Array.of(0, 10, start),
      end: Float64Array.of(2, 12, start + 1),
    });
    expect(conservationViolations(served(12))).toBe(0);
    expect(conservationViolations(served(14))).toBe(1);
  });

  it('by services that are shorter', () => {
    // Both depart earlier: at 3 instead of 5, and at 5 instead of 7; a third comes later, and departs as before.
    const customers = [
      { release: 0, duration: 5, extra: -2 },
      { release: 1, duration: 2, extra: 0 },
      { release: 20, duration: 2, extra: 0 },
    ];
    expect(monotonicityViolations(customers)).toBe(2);
  });

  it('by a flow time that waiting and work do not make up', () => {
    const stretched = { ...run, end: Float64Array.of(2, 6), completion: Float64Array.of(2, 6) };
    expect(littleViolations(run)).toBe(0);
    expect(littleViolations(stretched)).toBe(1);
  });

  it('by a numbering that decides: equal keys', () => {
    const job = (duration: number) => ({ operations: [{ resource: 0, duration }] });
    const spec = { resources: [{ capacity: 1 }], jobs: [job(1), job(2)] };
    expect(relabellingViolations(spec, 'FIFO', [0], [1, 0])).toBe(2);
  });
});
