import { factoryZone } from '@libs/factory-time';
import { sqlFile } from '../../database/sql-file';

/**
 * Statements that a load runs to store a figure and that an answer runs for what is not stored (another window,
 * CLOCK=wall): one text, so that both mean the same.
 */
export const PHASE_STATES = sqlFile(__dirname, 'sql/phase_states.sql');
export const KPI_OVERVIEW = sqlFile(__dirname, 'sql/kpi_overview.sql');
export const KPI_BY_PHASE = sqlFile(__dirname, 'sql/kpi_by_phase.sql');
export const KPI_BY_PRODUCT = sqlFile(__dirname, 'sql/kpi_by_product.sql');
export const WORKED_PHASES = sqlFile(__dirname, 'sql/worked_phases.sql');
export const COUNT_RISKS_OF = sqlFile(__dirname, 'sql/count_risks_of.sql');

/** A row of PHASE_STATES. Ages are seconds, null where there is no WIP or no queue. */
export interface PhaseStateRow {
  moment: Date;
  fase_id: number;
  wip_count: number;
  wip_age_p50_seconds: number | null;
  wip_age_p90_seconds: number | null;
  wip_age_avg_seconds: number | null;
  oldest_inicio: Date | null;
  queue_size: number;
  queue_age_p50_seconds: number | null;
  queue_age_p90_seconds: number | null;
  queue_age_avg_seconds: number | null;
}

/** The row of KPI_OVERVIEW. */
export interface KpiOverviewRow {
  orders_finished: number;
  orders_with_due: number;
  orders_on_time: number;
  lead_time_p50_seconds: number | null;
  lead_time_p90_seconds: number | null;
  lead_time_avg_seconds: number | null;
}

/** A row of KPI_BY_PHASE. */
export interface KpiPhaseRow {
  fase_id: number;
  executions: number;
  executions_with_duration: number;
  duration_p50_seconds: number | null;
  duration_p90_seconds: number | null;
  returns: number;
}

/** A row of KPI_BY_PRODUCT. */
export interface KpiProductRow {
  produto_id: number | null;
  orders_finished: number;
  orders_with_due: number;
  orders_on_time: number;
  lead_time_p50_seconds: number | null;
  lead_time_avg_seconds: number | null;
  orders_with_error: number;
  errors: number;
}

/** Days of the window that key figures take unless they are asked for another. */
export const DEFAULT_WINDOW_DAYS = 90;
const DAY_SECONDS = 86_400;

/** The instant `days` calendar days before, at the same time of the factory's day. */
export function daysBefore(instant: Date, days: number, factoryTz: string): Date {
  const zone = factoryZone(factoryTz);
  const seconds = Math.floor(instant.getTime() / 1000);
  const millis = instant.getTime() - seconds * 1000;
  return new Date(zone.toInstant(zone.toWall(seconds) - days * DAY_SECONDS) * 1000 + millis);
}

/** Calendar days from one instant to another: what a wall clock shows, so that a day of 23 or 25 hours is one day. */
export function calendarDays(from: Date, to: Date, factoryTz: string): number {
  const zone = factoryZone(factoryTz);
  const wall = (instant: Date): number => zone.toWall(Math.floor(instant.getTime() / 1000));
  return (wall(to) - wall(from)) / DAY_SECONDS;
}
