import { type Forecast, FORECAST_SETTINGS, Forecaster, type ForecastSettings } from './forecaster';
import { type History, NOT_STARTED, type Position, positionAt } from './history';
import { ROUNDING } from './survival-curve';

const DAY = 86_400;

/** How long ago the forecasts are made that p80 is corrected by: most of their orders are finished by now. */
const REHEARSAL_LOOKS = 13;

/** How far back an order may have lived and still count in a forecast: the rehearsal looks back as far as we do. */
export const HISTORY_DAYS = (REHEARSAL_LOOKS + FORECAST_SETTINGS.looks) * FORECAST_SETTINGS.stepDays;

/** Outcomes that a correction needs; with fewer p80 is the curve's own. */
const MINIMUM_OUTCOMES = 50;

/** What p80 promises. */
const PROMISE = 0.8;

/** Hundredths; above it a quantile is a single case. */
const HIGHEST_LEVEL = 99;

/** A forecast with the two times that are published, seconds from the moment of the forecast. */
export interface CalibratedForecast extends Forecast {
  readonly p50: number;
  readonly p80: number;
}

/**
 * Forecasts whose p80 has been put to the test: the same forecast is made as of half a year ago, from what was known
 * then, and p80 is read at that share of the curve by which 80 % of those orders were finished (a conformal
 * correction). Orders not started and those in work are corrected apart: the first wait for reasons of planning, the
 * others do not.
 */
export class CalibratedForecaster {
  private readonly forecaster: Forecaster;
  private readonly waitingLevel: number;
  private readonly startedLevel: number;

  /** @param moment seconds since 1970; nothing recorded at or after it is used */
  constructor(history: History, moment: number, settings: ForecastSettings) {
    this.forecaster = new Forecaster(history, moment, settings);
    const { waiting, started } = rehearse(history, moment, settings);
    this.waitingLevel = promisedLevel(waiting);
    this.startedLevel = promisedLevel(started);
  }

  /** The forecast for an order at its position, undefined when the past holds nothing to compare it with. */
  forecast(order: number, position: Position): CalibratedForecast | undefined {
    const forecast = this.forecaster.forecast(order, position);
    if (forecast === undefined) return undefined;
    const level = position.phase === NOT_STARTED ? this.waitingLevel : this.startedLevel;
    return { ...forecast, p50: forecast.remaining.quantile(0.5), p80: forecast.remaining.quantile(level) };
  }
}

/**
 * For each order active half a year before `moment`, the share of its forecast of then that its finish came to;
 * Infinity when it is not finished yet.
 */
function rehearse(
  history: History,
  moment: number,
  settings: ForecastSettings,
): { waiting: number[]; started: number[] } {
  const then = moment - REHEARSAL_LOOKS * settings.stepDays * DAY;
  const forecaster = new Forecaster(history, then, settings);
  const waiting: number[] = [];
  const started: number[] = [];
  for (let order = 0; order < history.created.length; order++) {
    const position = positionAt(history, order, then, settings.dormantSeconds);
    if (position === undefined) continue;
    const forecast = forecaster.forecast(order, position);
    if (forecast === undefined) continue;
    const finished = history.finished[order];
    const share = finished < moment ? 1 - forecast.remaining.probabilityAfter(finished - then) : Infinity;
    (position.phase === NOT_STARTED ? waiting : started).push(share);
  }
  return { waiting, started };
}

/** The lowest level, in hundredths from a half, at which a quantile would have kept the promise. */
function promisedLevel(shares: readonly number[]): number {
  if (shares.length < MINIMUM_OUTCOMES) return PROMISE;
  for (let hundredths = 50; hundredths < HIGHEST_LEVEL; hundredths++) {
    const kept = shares.filter((share) => share <= hundredths / 100 + ROUNDING).length;
    if (kept >= PROMISE * shares.length) return hundredths / 100;
  }
  return HIGHEST_LEVEL / 100;
}
