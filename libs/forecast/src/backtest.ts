import { CalibratedForecaster } from './calibration';
import type { ForecastSettings } from './forecaster';
import { type History, positionAt } from './history';

/** What forecasting at one past moment came to. Sums, so that moments add up; times in seconds. */
export interface BacktestMoment {
  /** Seconds since 1970. */
  readonly moment: number;
  /** Orders active then. */
  readonly active: number;
  /** Of them, finished by now: their errors are known. */
  readonly finished: number;
  /** Sum of |p50 - finish| and of p50 - finish over the finished ones; the same of the naive answer. */
  readonly absoluteError: number;
  readonly signedError: number;
  readonly naiveAbsoluteError: number;
  readonly naiveSignedError: number;
  /** Finished by their p80. */
  readonly covered: number;
  /** Not finished by now though their p80 has passed: missed. */
  readonly missedUnfinished: number;
  /** Not finished, p80 still ahead: nothing can be said. */
  readonly leftOut: number;
  /** Active orders for which the past held nothing to compare with. */
  readonly notForecast: number;
}

/**
 * Forecasts, at each moment, all orders active then, with only what was recorded before it, and compares with what
 * happened until `now`. The naive answer is the later of the moment and creation + the median lead time of the product
 * (of all orders, for a product that had finished none).
 *
 * @param now seconds since 1970: as_of
 */
export function backtest(
  history: History,
  moments: readonly number[],
  now: number,
  settings: ForecastSettings,
): BacktestMoment[] {
  return moments.map((moment) => {
    const forecaster = new CalibratedForecaster(history, moment, settings);
    const usualLead = medianLeadTimes(history, moment);
    const sums = {
      ...{ active: 0, finished: 0, absoluteError: 0, signedError: 0, naiveAbsoluteError: 0, naiveSignedError: 0 },
      ...{ covered: 0, missedUnfinished: 0, leftOut: 0, notForecast: 0 },
    };
    for (let order = 0; order < history.created.length; order++) {
      const position = positionAt(history, order, moment, settings.dormantSeconds);
      if (position === undefined) continue;
      sums.active++;
      const forecast = forecaster.forecast(order, position);
      if (forecast === undefined) {
        sums.notForecast++;
        continue;
      }
      const p80 = moment + forecast.p80;
      const finished = history.finished[order];
      if (!(finished <= now)) {
        if (p80 < now) sums.missedUnfinished++;
        else sums.leftOut++;
        continue;
      }
      const error = moment + forecast.p50 - finished;
      const naiveError = Math.max(moment, history.created[order] + usualLead(order)) - finished;
      sums.finished++;
      sums.absoluteError += Math.abs(error);
      sums.signedError += error;
      sums.naiveAbsoluteError += Math.abs(naiveError);
      sums.naiveSignedError += naiveError;
      if (finished <= p80) sums.covered++;
    }
    return { moment, ...sums };
  });
}

/** The median lead time of an order's product among the orders finished before `moment`, seconds. */
function medianLeadTimes(history: History, moment: number): (order: number) => number {
  const all: number[] = [];
  const byProduct = new Map<number, number[]>();
  for (let order = 0; order < history.created.length; order++) {
    const lead = history.finished[order] - history.created[order];
    if (!(history.finished[order] < moment) || lead < 0) continue;
    all.push(lead);
    const product = history.product[order];
    if (product < 0) continue;
    const known = byProduct.get(product);
    if (known === undefined) byProduct.set(product, [lead]);
    else known.push(lead);
  }
  const medians = new Map([...byProduct].map(([product, leads]) => [product, median(leads)]));
  const overall = all.length === 0 ? 0 : median(all);
  return (order) => medians.get(history.product[order]) ?? overall;
}

/** The continuous median; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
