import { corrected, correctInterval, type IntervalCorrection } from './conformal';
import type { Quantiles } from './measures/regression';

/** How many of the latest outcomes an interval is corrected by, and a model watched by. */
export const LATEST_OUTCOMES = 500;

/**
 * Corrects the interval of each prediction as it would have been when it was made: by the latest outcomes known then.
 *
 * @param predictions by row; undefined where there is none
 * @param begun when a row was predicted, ended when its outcome was known (NaN: not yet)
 * @param outcomes by row
 * @param rows those whose intervals are wanted
 * @param judged those whose outcomes may be used: rows that the model did not learn from
 */
export function correctedAsServed(
  predictions: readonly (Quantiles | undefined)[],
  begun: ArrayLike<number>,
  ended: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  rows: ArrayLike<number>,
  judged: ArrayLike<number>,
): Quantiles[] {
  const known = Array.from(judged)
    .filter((row) => predictions[row] !== undefined && !Number.isNaN(ended[row]))
    .sort((one, other) => ended[one] - ended[other]);
  const corrections = new Map<number, IntervalCorrection>();
  return Array.from(rows, (row) => {
    const before = countBefore(known, ended, begun[row]);
    let correction = corrections.get(before);
    if (correction === undefined) {
      correction = latestCorrection(predictions, outcomes, known.slice(0, before));
      corrections.set(before, correction);
    }
    const prediction = predictions[row];
    if (prediction === undefined) throw new RangeError(`row ${row} has no prediction`);
    return corrected(prediction, correction);
  });
}

/** The correction by the last of some rows, which stand in the order of their outcomes. */
export function latestCorrection(
  predictions: readonly (Quantiles | undefined)[],
  outcomes: ArrayLike<number>,
  rows: readonly number[],
): IntervalCorrection {
  const latest = rows.slice(-LATEST_OUTCOMES);
  return correctInterval(
    latest.flatMap((row) => predictions[row] ?? []),
    latest.filter((row) => predictions[row] !== undefined).map((row) => outcomes[row]),
  );
}

function countBefore(rows: readonly number[], ended: ArrayLike<number>, moment: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ended[rows[middle]] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
