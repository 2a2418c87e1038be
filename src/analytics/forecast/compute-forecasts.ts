import {
  CalibratedForecaster,
  FORECAST_SETTINGS,
  type ForecastSettings,
  type History,
  type Position,
  positionAt,
  splitDelay,
  type Usual,
  usualTimes,
} from '@libs/forecast';
import { type FactoryZone, factoryZone } from '@libs/factory-time';
import { chooseEtas, type Eta, type EtaChoice, type RemainingModel } from './choose-eta';
import { toHistory, type HistoryRow, toHistoryOrders } from './histories';

const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;

/** A row of analytics.order_forecast; columns that are not named stay null. */
export interface ForecastRow {
  of_id: number;
  eta_p50: string;
  eta_p80: string;
  back_off: string;
  cases: number;
  method: EtaChoice['method'];
  method_reason: string;
}

/** The forecasts of a load, and what they are made with. */
export interface ComputedForecasts {
  readonly forecasts: readonly ForecastRow[];
  readonly choice: EtaChoice;
}

/** What forecasts are computed from; survives structured clone. */
export interface ForecastInput {
  readonly rows: readonly HistoryRow[];
  readonly asOf: Date;
  readonly dormantDays: number;
  readonly factoryTz: string;
  /** The trained model that may make the ETAs. */
  readonly model?: RemainingModel;
}

/** How the past is looked at in this factory. */
export function forecastSettings(dormantDays: number): ForecastSettings {
  return { ...FORECAST_SETTINGS, dormantSeconds: dormantDays * DAY_SECONDS };
}

/**
 * The forecasts of all active orders at the data clock. Works for a second or more on the factory's workbook: in a thread
 * of its own, see forecast-thread.ts.
 */
export function computeForecasts({ rows, asOf, dormantDays, factoryTz, model }: ForecastInput): ComputedForecasts {
  const settings = forecastSettings(dormantDays);
  const zone = factoryZone(factoryTz);
  const { history, orders } = toHistory(rows);
  // What happened at as_of itself is known: the forecast is made right after it.
  const now = asOf.getTime() + 1000;
  const moment = now / 1000;
  const forecaster = new CalibratedForecaster(history, moment, settings);
  const usual = usualTimes(history, moment);
  const { choice, etaOf } = chooseEtas(model, toHistoryOrders(rows), moment, settings.dormantSeconds);
  const forecasts: ForecastRow[] = [];
  for (const [order, { ofId, due, isClosed }] of orders.entries()) {
    const position = isClosed ? undefined : positionAt(history, order, moment, settings.dormantSeconds);
    const forecast = position && forecaster.forecast(order, position);
    if (position === undefined || forecast === undefined) continue;
    const found = etaOf(order, forecast);
    forecasts.push({
      of_id: ofId,
      eta_p50: new Date(now + found.p50 * 1000).toISOString(),
      eta_p80: new Date(now + found.p80 * 1000).toISOString(),
      back_off: forecast.level,
      cases: forecast.cases,
      method: choice.method,
      method_reason: choice.reason,
      ...(due === null ? {} : lateness(history, order, position, now, zone, due, found, usual)),
    });
  }
  return { forecasts, choice };
}

/** How probably, counted from `now` in milliseconds, and by how much an order will miss its due day, and why. */
function lateness(
  history: History,
  order: number,
  position: Position,
  now: number,
  zone: FactoryZone,
  due: Date,
  forecast: Eta,
  usual: Usual,
): object {
  const dueDay = zone.dayOf(due.getTime());
  // The due day ends where the next one begins; 36 hours on is the next day in any zone, whatever the clocks do.
  const dueEnd = zone.startOfDay(zone.dayOf(zone.startOfDay(dueDay) + 1.5 * DAY_MS));
  const eta = now + forecast.p50 * 1000;
  const split = splitDelay(history, order, position, now / 1000, (eta - dueEnd) / 1000, usual);
  return {
    // Finished at the stroke that ends the due day is late: only what comes before it is on the day.
    p_late: forecast.probabilityAfter((dueEnd - now) / 1000 - 1),
    days_late: (Date.parse(zone.dayOf(eta)) - Date.parse(dueDay)) / DAY_MS,
    delay_seconds: split.total,
    late_start_seconds: split.lateStart,
    waiting_seconds: split.waiting,
    waiting_fase_id: split.waitingPhase,
    rework_seconds: split.rework,
    slow_phase_seconds: split.slowPhase,
    slow_phase_fase_id: split.slowPhaseType,
    rest_seconds: split.rest,
  };
}
