import { corrected, correctInterval, type IntervalCorrection, TAIL } from './conformal';
import type { Quantiles } from './measures/regression';

const DAY = 86_400;

/** How many of the rows begun last an interval is corrected by. */
export const CORRECTED_BY = 1_000;

/** What corrections need to know of rows; NaN in `ended` is 'not yet'. */
export interface WatchedRows {
  readonly predictions: readonly (Quantiles | undefined)[];
  readonly begun: ArrayLike<number>;
  readonly ended: ArrayLike<number>;
  /** As in DurationSet. */
  readonly correctedBy?: number;
  readonly isAsleep?: (row: number, moment: number) => boolean;
}

/**
 * The correction of intervals as it would have been computed at a moment: by the rows begun last before it, those not
 * ended by then counting as far as they were watched.
 *
 * @param since rows begun before it are not used: a model learned from those of them that ended soon
 * @param moment seconds since 1970
 * @param tail share of them to be left outside, on either side
 */
export function correctionAt(
  { predictions, begun, ended, correctedBy = CORRECTED_BY, isAsleep = () => false }: WatchedRows,
  since: number,
  moment: number,
  tail = TAIL,
): IntervalCorrection {
  const rows: number[] = [];
  for (let row = 0; row < begun.length; row++) {
    if (begun[row] >= since && begun[row] < moment && predictions[row] !== undefined) rows.push(row);
  }
  rows.sort((one, other) => begun[one] - begun[other]);
  return correctInterval(
    rows.slice(-correctedBy).flatMap((row) => {
      const prediction = predictions[row];
      if (prediction === undefined || isAsleep(row, moment)) return [];
      const isOver = ended[row] < moment;
      return [{ prediction, duration: ((isOver ? ended[row] : moment) - begun[row]) / DAY, ended: isOver }];
    }),
    tail,
  );
}

/**
 * The predictions of some rows, each with its interval corrected as it would have been when it was made.
 *
 * @throws RangeError when a wanted row has no prediction
 */
export function correctedAsServed(
  watched: WatchedRows,
  since: number,
  rows: readonly number[],
  tail = TAIL,
): Quantiles[] {
  const corrections = new Map<number, IntervalCorrection>();
  return rows.map((row) => {
    const prediction = watched.predictions[row];
    if (prediction === undefined) throw new RangeError(`row ${row} has no prediction`);
    const moment = watched.begun[row];
    let correction = corrections.get(moment);
    if (correction === undefined) corrections.set(moment, (correction = correctionAt(watched, since, moment, tail)));
    return corrected(prediction, correction);
  });
}

/** Shares that may be left outside, from what is wanted down. */
const TAILS = [0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03];

/**
 * The share to leave outside on either side so that the intervals of some rows, corrected as served, would have held
 * what was wanted: durations drift, and what was right for the orders of before is too narrow for the next.
 *
 * @param rows with outcomes that the model did not learn from
 */
export function tailThatHolds(
  watched: WatchedRows,
  outcomes: ArrayLike<number>,
  since: number,
  rows: readonly number[],
): number {
  const holds = (tail: number): boolean => {
    const intervals = correctedAsServed(watched, since, rows, tail);
    const held = intervals.filter(
      ({ p10, p90 }, index) => p10 <= outcomes[rows[index]] && outcomes[rows[index]] <= p90,
    );
    return held.length >= (1 - 2 * TAIL) * rows.length;
  };
  return TAILS.find(holds) ?? TAILS[TAILS.length - 1];
}
