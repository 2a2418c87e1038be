import { Simulator } from '@libs/simulation';
import { kpisOf, type Kpis } from './figures';
import { durationsOf, planOf } from './plan';
import { replicate, type ReplicationOptions } from './replications';
import { BASELINE, type Scenario } from './scenario';
import { DAY, HOUR } from './testing/made-factory';
import { estimateOf, modelOf, MONDAY, orderOf, phaseOf } from './testing/made-model';

/** Six that come to a single machine for two hours or five, at times that are drawn too, and are checked for one. */
const model = modelOf({
  phases: [phaseOf(1, 'Corte'), phaseOf(2, 'Cura', { free: 'AUTOMATIC', capacity: 0 }), phaseOf(3, 'Controlo')],
  estimates: [estimateOf(2), estimateOf(5), estimateOf(1, 3)],
  orders: Array.from({ length: 6 }, (_, place) =>
    orderOf(700 + place, {
      ...{ created: MONDAY - place * HOUR, due: place === 0 ? null : MONDAY },
      steps: [
        { phase: 0, estimate: place % 2 },
        { phase: 2, estimate: 2 },
      ],
      deciles: Array.from({ length: 10 }, (_unused, tenth) => (14 + 2 * tenth) * HOUR),
    }),
  ),
});
const jobs = [...model.orders.keys()];
const faster: Scenario = {
  ...BASELINE,
  rule: 'SPT',
  capacity: [{ phase: 0, servers: 3 }],
  durations: [{ phase: 2, factor: 2 }],
};
const side = (scenario: Scenario) => ({ scenario, plan: planOf(model, scenario) });
const [usual, changed] = [side(BASELINE), side(faster)];
const run = (options: Partial<ReplicationOptions>, instantOf = (wall: number): number => wall) =>
  replicate(
    model,
    usual,
    changed,
    jobs,
    { seed: 7, replications: 10, confidence: 0.95, halfWidthHours: 0, ...options },
    instantOf,
  );

/** The figures of the first replications of one side, each run by itself. */
function figures({ scenario, plan }: typeof usual, count: number, instantOf = (wall: number): number => wall): Kpis[] {
  return Array.from({ length: count }, (_, number) => {
    const drawn = durationsOf(model, scenario, plan, { seed: 7, number });
    const { completion } = new Simulator(plan.instance).run({ rule: scenario.rule, seed: scenario.ruleSeed, ...drawn });
    return kpisOf(plan.orders, { completion }, jobs, model.start, instantOf);
  });
}
const THIRTY = [usual, changed].map((each) => figures(each, 30));

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
    const [before, after] = THIRTY.map((each) => each.slice(0, 10));
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
        const [before, after] = THIRTY.map((some) => some.slice(0, count).map((one) => one[figure]));
        const each = after.map((one, number) => one - before[number]);
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

  it.each([
    [0.9, 1.6448536],
    [0.95, 1.959964],
    [0.99, 2.5758293],
  ])(
    'at %d: have that width by the published expansion of Student’s t about the normal quantile %d',
    (confidence, z) => {
      // Abramowitz and Stegun 26.7.5: polynomials in odd powers of z, from the lowest on, each over its divisor.
      const polynomials: readonly (readonly [divisor: number, coefficients: readonly number[]])[] = [
        [4, [1, 1]],
        [96, [3, 16, 5]],
        [384, [-15, 17, 19, 3]],
        [92_160, [-945, -1920, 1482, 776, 79]],
      ];
      for (const count of [3, 5, 10]) {
        const t = polynomials.reduce((sum, [divisor, coefficients], place) => {
          const value = coefficients.reduce((whole, each, power) => whole + each * z ** (2 * power + 1), 0);
          return sum + value / divisor / (count - 1) ** (place + 1);
        }, z);
        // Hours of a thousand times their length, so that four decimals are more than six digits.
        const instantOf = (wall: number): number => 1000 * wall;
        const { lead_time_h } = run({ replications: count, confidence }, instantOf).differences;
        const [before, after] = [usual, changed].map((one) =>
          figures(one, count, instantOf).map((figure) => figure.lead_time_h),
        );
        const each = after.map((one, number) => one - before[number]);
        const mean = each.reduce((sum, one) => sum + one, 0) / count;
        const deviation = Math.sqrt(each.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1));
        expect(lead_time_h.half_width / ((t * deviation) / Math.sqrt(count))).toBeCloseTo(1, 4);
      }
    },
  );

  it('end with the fifth at the earliest, once the difference of lead times is known well enough', () => {
    const width = (replications: number): number => run({ replications }).differences.lead_time_h.half_width;
    expect(run({ halfWidthHours: 1000 })).toMatchObject({ replications: 5, precise: true });
    const asked = width(8);
    expect([5, 6, 7].every((count) => width(count) > asked)).toBe(true);
    expect(run({ halfWidthHours: asked })).toMatchObject({ replications: 8, precise: true });
    // Known well enough with the last one is precise too.
    expect(run({ halfWidthHours: asked, replications: 8 })).toMatchObject({ replications: 8, precise: true });
    expect(run({ halfWidthHours: 1e-9 })).toMatchObject({ replications: 10, precise: false });
  });

  it('say nothing of a width where there is one alone, and nothing but 0 where nothing differs', () => {
    expect(run({ replications: 1 }).differences.lead_time_h.half_width).toBe(0);
    expect(run({ replications: 2 }).differences.lead_time_h.half_width).toBeGreaterThan(0);
    const same = replicate(
      model,
      usual,
      usual,
      jobs,
      { seed: 1, replications: 6, confidence: 0.95, halfWidthHours: 0 },
      (wall) => wall,
    );
    // No width was asked for: there is none to be reached, not even by 0.
    expect(same).toMatchObject({ replications: 6, precise: false });
    expect(same.differences.makespan_h).toEqual({ mean: 0, half_width: 0, low: 0, high: 0 });
    expect(same.baseline.makespan_h).toBeGreaterThan(DAY / 3_600 / 24);
  });
});
