import { corrected, correctInterval, type IntervalCorrection, NO_CORRECTION, type Watched } from './conformal';
import type { Quantiles } from './measures/regression';

const DAY = 86_400;

/** How far back intervals are corrected by what was in process: half a year, in which most durations fit. */
export const WATCHED_DAYS = 182;

/** What corrections need to know of rows; NaN in `ended` is 'not yet'. Seconds since 1970. */
export interface WatchedRows {
  readonly predictions: readonly (Quantiles | undefined)[];
  readonly begun: ArrayLike<number>;
  readonly ended: ArrayLike<number>;
  /** As in DurationSet. */
  readonly isAsleep?: (row: number, moment: number) => boolean;
}

/**
 * The correction of intervals as it would have been computed at a moment, by all rows in process at some time of the half
 * year before it: each counts from where it stood when that half year began to where it stands now. So the latest
 * finishes of the long ones count at once, not only when all that began with them have ended.
 *
 * @param learnedUntil rows ended before it were learned from: what happened since corrects
 * @param moment seconds since 1970; nothing that ended at or after it is used
 */
export function correctionAt(
  { predictions, begun, ended, isAsleep = () => false }: WatchedRows,
  learnedUntil: number,
  moment: number,
): IntervalCorrection {
  const from = Math.max(learnedUntil, moment - WATCHED_DAYS * DAY);
  if (from >= moment) return NO_CORRECTION;
  const watched: Watched[] = [];
  for (let row = 0; row < begun.length; row++) {
    const prediction = predictions[row];
    if (prediction === undefined || begun[row] >= moment || ended[row] < from || isAsleep(row, moment)) continue;
    const isOver = ended[row] < moment;
    watched.push({
      prediction,
      duration: ((isOver ? ended[row] : moment) - begun[row]) / DAY,
      ended: isOver,
      ...(begun[row] < from ? { since: (from - begun[row]) / DAY } : {}),
    });
  }
  return correctInterval(watched);
}

/**
 * The predictions of some rows, each with its interval corrected as it would have been on the day when it was made.
 *
 * @throws RangeError when a wanted row has no prediction
 */
export function correctedAsServed(watched: WatchedRows, learnedUntil: number, rows: readonly number[]): Quantiles[] {
  const corrections = new Map<number, IntervalCorrection>();
  return rows.map((row) => {
    const prediction = watched.predictions[row];
    if (prediction === undefined) throw new RangeError(`row ${row} has no prediction`);
    const day = Math.floor(watched.begun[row] / DAY) * DAY;
    let correction = corrections.get(day);
    if (correction === undefined) corrections.set(day, (correction = correctionAt(watched, learnedUntil, day)));
    return corrected(prediction, correction);
  });
}
