import { Simulator } from '@libs/simulation';
import { type InstantOf, type Kpis, kpisOf, rounded } from './figures';
import type { FactoryModel } from './model';
import { durationsOf, type Plan } from './plan';
import type { Scenario } from './scenario';

/** How often to draw, and when it is enough. */
export interface ReplicationOptions {
  readonly seed: number;
  /** At most, from 2. */
  readonly replications: number;
  /** 0.9, 0.95 or 0.99. */
  readonly confidence: number;
  /** Stops once the difference of the mean lead times is known to ± this; 0: never before the last. */
  readonly halfWidthHours: number;
}

/** A mean difference, scenario less baseline, with its confidence interval. */
export interface Difference {
  readonly mean: number;
  readonly half_width: number;
  readonly low: number;
  readonly high: number;
}

export interface ReplicatedFigures {
  readonly replications: number;
  readonly confidence: number;
  /** Whether the half-width asked for was reached. */
  readonly precise: boolean;
  readonly baseline: Kpis;
  readonly simulated: Kpis;
  readonly differences: { otd_pct: Difference; lead_time_h: Difference; makespan_h: Difference };
}

const FEWEST = 5;
const NORMAL: Readonly<Record<string, number>> = { 0.9: 1.644854, 0.95: 1.959964, 0.99: 2.575829 };

/** One side of the comparison. */
interface Side {
  readonly scenario: Scenario;
  readonly plan: Plan;
}

/**
 * Repeats baseline and scenario with drawn durations and waits. Both get the same draws for the same orders and steps
 * (common random numbers), so that their difference is known long before either of them is.
 *
 * @param jobs which jobs the figures are of, in both plans
 */
export function replicate(
  model: FactoryModel,
  baseline: Side,
  scenario: Side,
  jobs: readonly number[],
  options: ReplicationOptions,
  instantOf: InstantOf,
): ReplicatedFigures {
  const { seed, replications, confidence, halfWidthHours } = options;
  const sides = [baseline, scenario].map((side) => ({ ...side, simulator: new Simulator(side.plan.instance) }));
  const seen: [Kpis[], Kpis[]] = [[], []];
  let precise = false;
  for (let number = 0; number < replications && !precise; number++) {
    sides.forEach(({ scenario: what, plan, simulator }, side) => {
      const drawn = durationsOf(model, what, plan, { seed, number });
      const run = simulator.run({ rule: what.rule, seed: what.ruleSeed, ...drawn });
      seen[side].push(kpisOf(plan.orders, run, jobs, model.start, instantOf));
    });
    const { half_width } = differenceOf(seen, 'lead_time_h', confidence);
    precise = halfWidthHours > 0 && number + 1 >= FEWEST && half_width <= halfWidthHours;
  }
  return {
    replications: seen[0].length,
    confidence,
    precise,
    baseline: meansOf(seen[0]),
    simulated: meansOf(seen[1]),
    differences: {
      otd_pct: differenceOf(seen, 'otd_pct', confidence),
      lead_time_h: differenceOf(seen, 'lead_time_h', confidence),
      makespan_h: differenceOf(seen, 'makespan_h', confidence),
    },
  };
}

function meansOf(seen: readonly Kpis[]): Kpis {
  const of = (figure: keyof Kpis): number => rounded(meanOf(seen.map((each) => each[figure])));
  return {
    otd_pct: of('otd_pct'),
    lead_time_h: of('lead_time_h'),
    makespan_h: of('makespan_h'),
    on_time_orders: of('on_time_orders'),
  };
}

function differenceOf([before, after]: [Kpis[], Kpis[]], figure: keyof Kpis, confidence: number): Difference {
  const differences = after.map((each, number) => each[figure] - before[number][figure]);
  const mean = meanOf(differences);
  const freedom = differences.length - 1;
  const squares = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const half = freedom < 1 ? 0 : studentQuantile(confidence, freedom) * Math.sqrt(squares / freedom / (freedom + 1));
  return { mean: rounded(mean), half_width: rounded(half), low: rounded(mean - half), high: rounded(mean + half) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** Two-sided quantile of Student's t from the normal one (Cornish and Fisher), within 1 % from four degrees of freedom. */
function studentQuantile(confidence: number, freedom: number): number {
  const z = NORMAL[String(confidence)];
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3) +
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / (92_160 * freedom ** 4)
  );
}
