import type { Quantiles } from './measures/regression';
import { quantile } from './quantile';

/** Outcomes that a correction needs; with fewer the interval stays as it is. */
export const MINIMUM_OUTCOMES = 50;

/** Shares of outcomes below p10 and above p90. */
const TAIL = 0.1;

/**
 * How far the ends of an interval are moved out (negative: in), in logarithms of one more than the value: what is
 * uncertain by days for a short duration is uncertain by weeks for a long one.
 */
export interface IntervalCorrection {
  readonly below: number;
  readonly above: number;
  /** Outcomes it was computed from. */
  readonly outcomes: number;
}

export const NO_CORRECTION: IntervalCorrection = { below: 0, above: 0, outcomes: 0 };

/**
 * Conformalised quantiles (Romano, Patterson, Candès 2019), each end apart: the correction with which the intervals of
 * the latest outcomes would have had a tenth of them below and a tenth above.
 *
 * @param predictions of outcomes that are known by now, not below 0
 */
export function correctInterval(predictions: readonly Quantiles[], outcomes: ArrayLike<number>): IntervalCorrection {
  const count = predictions.length;
  if (count < MINIMUM_OUTCOMES) return { ...NO_CORRECTION, outcomes: count };
  // One outcome more is to come, which may lie anywhere among these.
  const share = Math.min(1, (1 - TAIL) * (1 + 1 / count));
  return {
    below: quantile(
      predictions.map(({ p10 }, row) => scaled(p10) - scaled(outcomes[row])),
      share,
    ),
    above: quantile(
      predictions.map(({ p90 }, row) => scaled(outcomes[row]) - scaled(p90)),
      share,
    ),
    outcomes: count,
  };
}

/** A prediction with its interval corrected; p50 stays, and lies within. */
export function corrected({ p10, p50, p90 }: Quantiles, { below, above }: IntervalCorrection): Quantiles {
  return {
    p10: Math.max(0, Math.min(p50, Math.expm1(scaled(p10) - below))),
    p50,
    p90: Math.max(p50, Math.expm1(scaled(p90) + above)),
  };
}

/** An interval whose ends lie `factor` times as far from p50, in the same logarithms. */
export function widened({ p10, p50, p90 }: Quantiles, factor: number): Quantiles {
  const middle = scaled(p50);
  return {
    p10: Math.max(0, Math.expm1(middle - (middle - scaled(p10)) * factor)),
    p50,
    p90: Math.expm1(middle + (scaled(p90) - middle) * factor),
  };
}

function scaled(value: number): number {
  return Math.log1p(Math.max(0, value));
}
