import type { Quantiles } from './regression';

/** An interval, and how long it took; or, not ended yet, how long it has taken so far. */
export interface Covered {
  readonly interval: Quantiles;
  readonly duration: number;
  readonly ended: boolean;
}

/**
 * The share of durations that lie from p10 to p90, with those that have not ended counting as far as they were watched
 * (Kaplan and Meier). Of a period that has just passed only the short ones have ended: their share alone flatters p90.
 */
export function coverageWithOpen(rows: readonly Covered[]): number {
  const stillRunning = (of: (interval: Quantiles) => number, isPassed: (ratio: number) => boolean): number => {
    const ratios = rows
      .map(({ interval, duration, ended }) => ({ ratio: (1 + duration) / (1 + of(interval)), ended }))
      .sort((one, other) => one.ratio - other.ratio || Number(other.ended) - Number(one.ended));
    let share = 1;
    for (const [index, { ratio, ended }] of ratios.entries()) {
      if (isPassed(ratio)) break;
      if (ended) share *= 1 - 1 / (ratios.length - index);
    }
    return share;
  };
  if (rows.length === 0) return NaN;
  return (
    stillRunning(
      ({ p10 }) => p10,
      (ratio) => ratio >= 1,
    ) -
    stillRunning(
      ({ p90 }) => p90,
      (ratio) => ratio > 1,
    )
  );
}
