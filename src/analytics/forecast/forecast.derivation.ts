import {
  type CalibratedForecast,
  CalibratedForecaster,
  FORECAST_SETTINGS,
  type ForecastSettings,
  type History,
  HISTORY_DAYS,
  type Position,
  positionAt,
  splitDelay,
  type Usual,
  usualTimes,
} from '@libs/forecast';
import { type FactoryZone, factoryZone } from '@libs/factory-time';
import { sqlFile } from '../../database/sql-file';
import type { Derivation, MergedRun } from '../derivation';
import { readHistories } from './histories';

const DELETE_FORECASTS = sqlFile(__dirname, 'sql/delete_forecasts.sql');
const INSERT_FORECASTS = sqlFile(__dirname, 'sql/insert_forecasts.sql');

const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;

/**
 * When each active order will be finished, with what its delay comes from, in analytics.order_forecast. Everything is
 * computed anew at each load: every forecast depends on as_of.
 */
export const forecastDerivation: Derivation = {
  name: 'forecast',
  async derive(run: MergedRun): Promise<void> {
    await run.client.query(DELETE_FORECASTS.text);
    if (run.asOf === null) return;
    const rows = await forecastAll(run, run.asOf);
    if (rows.length > 0) await run.client.query(INSERT_FORECASTS.text, [JSON.stringify(rows)]);
  },
};

/** A row of analytics.order_forecast; columns that are not named stay null. */
interface ForecastRow {
  of_id: number;
  eta_p50: string;
  eta_p80: string;
  back_off: string;
  cases: number;
}

/** How the past is looked at in this factory. */
export function forecastSettings(dormantDays: number): ForecastSettings {
  return { ...FORECAST_SETTINGS, dormantSeconds: dormantDays * DAY_SECONDS };
}

async function forecastAll(run: MergedRun, asOf: Date): Promise<ForecastRow[]> {
  const settings = forecastSettings(run.settings.dormantDays);
  const zone = factoryZone(run.settings.factoryTz);
  const since = new Date(asOf.getTime() - (HISTORY_DAYS + run.settings.dormantDays) * DAY_MS);
  const { history, orders } = await readHistories(run.client, since, false);
  // What happened at as_of itself is known: the forecast is made right after it.
  const now = asOf.getTime() + 1000;
  const moment = now / 1000;
  const forecaster = new CalibratedForecaster(history, moment, settings);
  const usual = usualTimes(history, moment);
  const rows: ForecastRow[] = [];
  for (const [order, { ofId, due, isClosed }] of orders.entries()) {
    const position = isClosed ? undefined : positionAt(history, order, moment, settings.dormantSeconds);
    const forecast = position && forecaster.forecast(order, position);
    if (position === undefined || forecast === undefined) continue;
    rows.push({
      of_id: ofId,
      eta_p50: new Date(now + forecast.p50 * 1000).toISOString(),
      eta_p80: new Date(now + forecast.p80 * 1000).toISOString(),
      back_off: forecast.level,
      cases: forecast.cases,
      ...(due === null ? {} : lateness(history, order, position, now, zone, due, forecast, usual)),
    });
  }
  return rows;
}

/** How probably, counted from `now` in milliseconds, and by how much an order will miss its due day, and why. */
function lateness(
  history: History,
  order: number,
  position: Position,
  now: number,
  zone: FactoryZone,
  due: Date,
  forecast: CalibratedForecast,
  usual: Usual,
): object {
  const dueDay = zone.dayOf(due.getTime());
  // The due day ends where the next one begins; 36 hours on is the next day in any zone, whatever the clocks do.
  const dueEnd = zone.startOfDay(zone.dayOf(zone.startOfDay(dueDay) + 1.5 * DAY_MS));
  const eta = now + forecast.p50 * 1000;
  const split = splitDelay(history, order, position, now / 1000, (eta - dueEnd) / 1000, usual);
  return {
    // Finished at the stroke that ends the due day is late: only what comes before it is on the day.
    p_late: forecast.remaining.probabilityAfter((dueEnd - now) / 1000 - 1),
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
