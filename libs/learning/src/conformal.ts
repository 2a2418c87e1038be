import { SurvivalCurve } from '@libs/forecast';
import type { Quantiles } from './measures/regression';

/** Outcomes, watched from their beginning, that a correction needs; with fewer the interval stays as it is. */
export const MINIMUM_OUTCOMES = 50;

/**
 * Share of outcomes to leave outside on either side so that a tenth of those to come lie there: durations drift, and what
 * holds nine of ten of those watched holds fewer of the next. docs/ml.md tells how it was chosen.
 */
export const OUTSIDE = 0.09;

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

/** A prediction of before, and what is known of it by now. */
export interface Watched {
  readonly prediction: Quantiles;
  /** How long it took, or, not ended yet, how long it has taken so far. */
  readonly duration: number;
  readonly ended: boolean;
  /** How long it had taken when the watch began, where that was later: had it ended before, nobody would have seen it. */
  readonly since?: number;
}

/**
 * Conformalised quantiles (Romano, Patterson, Candès 2019), each end apart: moved so far that a share of what was
 * watched would have lain outside. What has not ended yet counts as far as it was watched, and what began before the
 * watch from there on (Kaplan and Meier): to look at what ended lately alone would miss the long ones of a time of
 * growing durations.
 *
 * @param watched those in process at some time of a period, ended or not
 * @param outside share of them to be left outside, on either side
 */
export function correctInterval(watched: readonly Watched[], outside = OUTSIDE): IntervalCorrection {
  const outcomes = watched.filter(({ ended, since }) => ended && since === undefined).length;
  if (outcomes < MINIMUM_OUTCOMES) return { ...NO_CORRECTION, outcomes };
  const endAt = (share: number, of: (prediction: Quantiles) => number): number => {
    const cases = watched.map(({ prediction, duration, ended, since }) => {
      const end = 1 + Math.max(0, of(prediction));
      return { from: since === undefined ? 0 : (1 + since) / end, until: (1 + duration) / end, ended };
    });
    return Math.log(SurvivalCurve.ofEntered(cases).quantile(share));
  };
  return { below: -endAt(outside, ({ p10 }) => p10), above: endAt(1 - outside, ({ p90 }) => p90), outcomes };
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
