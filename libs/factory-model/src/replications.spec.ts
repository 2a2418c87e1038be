import { Simulator } from '@libs/simulation';
import { kpisOf, type Kpis } from './figures';
import { BASELINE, buildModel, planOf, type Scenario } from './index';
import { durationsOf } from './plan';
import { replicate, type ReplicationOptions } from './replications';
import { DAY, END, factoryOf, made, type MadeOrder } from './testing/made-factory';

/** Orders whose cutting takes one to six hours, so that draws differ. */
const varied = made(300).map(({ number, row }): MadeOrder => {
  const [cut, ...others] = row.phases;
  const end = cut.start === undefined ? undefined : cut.start + (1 + (number % 6)) * 3_600;
  return {
    number,
    row: { ...row, phases: [{ ...cut, end: end !== undefined && end < END ? end : undefined }, ...others] },
  };
});
const model = buildModel(factoryOf(varied), END);
const jobs = [...model.orders.keys()];
const faster: Scenario = {
  ...BASELINE,
  rule: 'SPT',
  capacity: [{ phase: 0, servers: 3 }],
  durations: [{ phase: 2, factor: 2 }],
};
const side = (scenario: Scenario) => ({ scenario, plan: planOf(model, scenario) });
const run = (options: Partial<ReplicationOptions>) =>
  replicate(
    model,
    side(BASELINE),
    side(faster),
    jobs,
    { seed: 7, replications: 10, confidence: 0.95, halfWidthHours: 0, ...options },
    (wall) => wall,
  );

/** The figures of one replication of one side, run by itself. */
function figures(scenario: Scenario, number: number): Kpis {
  const { plan } = side(scenario);
  const drawn = durationsOf(model, scenario, plan, { seed: 7, number });
  const { completion } = new Simulator(plan.instance).run({ rule: scenario.rule, seed: scenario.ruleSeed, ...drawn });
  return kpisOf(plan.orders, { completion }, jobs, model.start, (wall) => wall);
}

/** Student's t, two-sided, as printed in tables. */
const STUDENT = [
  [5, 0.9, 2.132],
  [5, 0.95, 2.776],
  [5, 0.99, 4.604],
  [10, 0.9, 1.833],
  [10, 0.95, 2.262],
  [10, 0.99, 3.25],
  [30, 0.95, 2.045],
] as const;

describe('replications', () => {
  it('have the means of their runs, each of which draws the same for both sides', () => {
    const { baseline, simulated, replications, precise } = run({});
    const numbers = Array.from({ length: 10 }, (_, number) => number);
    const [before, after] = [BASELINE, faster].map((scenario) => numbers.map((number) => figures(scenario, number)));
    for (const figure of ['otd_pct', 'lead_time_h', 'makespan_h', 'on_time_orders'] as const) {
      const mean = (some: Kpis[]): number => some.reduce((sum, each) => sum + each[figure], 0) / 10;
      expect(baseline[figure]).toBeCloseTo(mean(before), 3);
      expect(simulated[figure]).toBeCloseTo(mean(after), 3);
    }
    expect([replications, precise]).toEqual([10, false]);
    // Drawn, not the same again and again.
    expect(new Set(before.map(({ lead_time_h }) => lead_time_h)).size).toBe(10);
  });

  it.each(STUDENT)(
    '%d of them at %d: the interval of the mean difference has the width of Student’s %d',
    (count, confidence, t) => {
      const { differences } = run({ replications: count, confidence });
      for (const figure of ['otd_pct', 'lead_time_h', 'makespan_h'] as const) {
        const each = Array.from(
          { length: count },
          (_, number) => figures(faster, number)[figure] - figures(BASELINE, number)[figure],
        );
        const mean = each.reduce((sum, one) => sum + one, 0) / count;
        const deviation = Math.sqrt(each.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1));
        const { half_width, low, high } = differences[figure];
        expect(differences[figure].mean).toBeCloseTo(mean, 3);
        // Within 1 % from four degrees of freedom on, and four decimals.
        expect(Math.abs(half_width - (t * deviation) / Math.sqrt(count))).toBeLessThanOrEqual(0.01 * half_width + 1e-4);
        expect(low).toBeCloseTo(mean - half_width, 3);
        expect(high).toBeCloseTo(mean + half_width, 3);
      }
    },
  );

  it('end with the fifth at the earliest, once the difference of lead times is known well enough', () => {
    const width = (replications: number): number => run({ replications }).differences.lead_time_h.half_width;
    expect(run({ halfWidthHours: 1000 })).toMatchObject({ replications: 5, precise: true });
    const asked = width(8);
    expect([5, 6, 7].every((count) => width(count) > asked)).toBe(true);
    expect(run({ halfWidthHours: asked })).toMatchObject({ replications: 8, precise: true });
    expect(run({ halfWidthHours: 1e-9 })).toMatchObject({ replications: 10, precise: false });
  });

  it('say nothing of a width where there is one alone, and nothing but 0 where nothing differs', () => {
    expect(run({ replications: 1 }).differences.lead_time_h.half_width).toBe(0);
    const same = replicate(
      model,
      side(BASELINE),
      side(BASELINE),
      jobs,
      { seed: 1, replications: 6, confidence: 0.95, halfWidthHours: 0 },
      (wall) => wall,
    );
    expect(same.differences.makespan_h).toEqual({ mean: 0, half_width: 0, low: 0, high: 0 });
    expect(same.baseline.makespan_h).toBeGreaterThan(DAY / 3_600 / 24);
  });
});
