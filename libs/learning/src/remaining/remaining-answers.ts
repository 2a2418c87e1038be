import type { HistoryOrder } from '@libs/forecast';
import { judgeLatest, type Verdict } from '../champion';
import { corrected } from '../conformal';
import { rowOf } from '../matrix';
import { measureRegression, type Quantiles } from '../measures/regression';
import type { Artefact } from '../models/artefact';
import { quantilesOf } from '../models/model';
import { correctionAt } from '../rolling';
import { isAsleep, lookTable } from './looks';
import { LOOK_DAYS } from './remaining-set';

const DAY = 86_400;
/** Every second look of a training does: a year of them, of which each costs a sixth of a second. */
const STEP_DAYS = 2 * LOOK_DAYS;
const WATCHED_LOOKS = 13;
/** Finished orders that a model is watched by. */
const LATEST = 500;

/** What a model says of the orders in process, and whether it has lately been worth it. */
export interface RemainingAnswers {
  readonly lately: Verdict;
  /** Days left, by index of the order. */
  readonly answers: ReadonlyMap<number, Quantiles>;
}

/** The first moment that answering at `now` looks at. Seconds since 1970. */
export function watchedFrom(now: number): number {
  return now - WATCHED_LOOKS * STEP_DAYS * DAY;
}

/**
 * Asks a model about all orders in process, with intervals corrected by what came of the orders seen before, and puts it
 * to the test against the ETA from comparable orders, which answers in its place.
 *
 * @param now seconds since 1970; nothing recorded at or after it is used
 */
export function answerRemaining(
  { model, trainBefore }: Artefact,
  orders: readonly HistoryOrder[],
  now: number,
  dormantSeconds: number,
): RemainingAnswers {
  const looks = Array.from(
    { length: WATCHED_LOOKS + 1 },
    (_, index) => now - (WATCHED_LOOKS - index) * STEP_DAYS * DAY,
  );
  const isFinished = (order: number, before: number): boolean => (orders[order].finished ?? Infinity) < before;
  // What it learned from cannot judge it.
  const table = lookTable(orders, looks, dormantSeconds, (order) => !isFinished(order, trainBefore));
  const predictions = Array.from(table.begun, (_, row) => quantilesOf(model, rowOf(table.features, row)));
  const rows = Array.from(predictions.keys());
  const finished = [...new Set(rows.filter((row) => isFinished(table.order[row], now)).map((row) => table.order[row]))]
    .sort((one, other) => (orders[one].finished ?? 0) - (orders[other].finished ?? 0) || one - other)
    .slice(-LATEST);
  const watched = new Set(finished);
  const latest = rows.filter((row) => watched.has(table.order[row]));
  const lossOf = (answers: readonly Quantiles[]): number =>
    measureRegression(
      latest.map((row) => answers[row]),
      latest.map((row) => table.remaining[row]),
    ).pinball;
  const correction = correctionAt(
    {
      predictions,
      begun: table.begun,
      ended: table.ended,
      isAsleep: (row, moment) => isAsleep(table, row, moment),
    },
    trainBefore,
    now,
  );
  const present = rows.filter((row) => table.begun[row] === now);
  return {
    lately: judgeLatest(lossOf(predictions), lossOf(table.comparable), 'mean pinball loss in days', finished.length),
    answers: new Map(present.map((row) => [table.order[row], corrected(predictions[row], correction)])),
  };
}
