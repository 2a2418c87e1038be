import { backtest, type BacktestMoment } from '@libs/forecast';
import { forecastSettings } from './compute-forecasts';
import { type HistoryRow, toHistory } from './histories';

/** What a backtest is computed from; survives structured clone. */
export interface BacktestInput {
  readonly rows: readonly HistoryRow[];
  readonly asOf: Date;
  /** Past moments, milliseconds. */
  readonly moments: readonly number[];
  readonly dormantDays: number;
}

/**
 * Makes the forecasts of each moment, as of then, and compares them with what happened. A moment takes a third of a
 * second on the factory's workbook: in a thread of its own, see backtest-thread.ts.
 */
export function tryOnThePast({ rows, asOf, moments, dormantDays }: BacktestInput): BacktestMoment[] {
  const { history } = toHistory(rows);
  const seconds = moments.map((moment) => moment / 1000);
  return backtest(history, seconds, asOf.getTime() / 1000, forecastSettings(dormantDays));
}
