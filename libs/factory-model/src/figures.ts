import type { SimulationRun } from '@libs/simulation';
import type { OrderModel } from './model';
import type { PlannedOrder } from './plan';

const DAY = 86_400;
const HOUR = 3_600;

/** Key figures of a run over the orders asked for. */
export interface Kpis {
  /** 0..100; 0 where no order has a due date. */
  readonly otd_pct: number;
  /** Mean of finish − creation. */
  readonly lead_time_h: number;
  /** The last finish, from the moment of the model. */
  readonly makespan_h: number;
  /** Orders finished on or before their due day, of those that have one. */
  readonly on_time_orders: number;
}

/** Seconds since the epoch of a wall-clock moment; durations are differences of instants. */
export type InstantOf = (wall: number) => number;

/** Whether an order finished at a wall-clock moment is on time; undefined without a due date. */
export function isOnTime({ due }: Pick<OrderModel, 'due'>, finish: number): boolean | undefined {
  return due === null ? undefined : finish < due + DAY;
}

/** @param jobs which of the run's jobs count */
export function kpisOf(
  orders: readonly PlannedOrder[],
  run: Pick<SimulationRun, 'completion'>,
  jobs: readonly number[],
  start: number,
  instantOf: InstantOf,
): Kpis {
  let lead = 0;
  let last = start;
  let onTime = 0;
  let withDue = 0;
  for (const job of jobs) {
    const { order } = orders[job];
    const finish = run.completion[job];
    lead += instantOf(finish) - instantOf(order.created);
    if (finish > last) last = finish;
    const verdict = isOnTime(order, finish);
    if (verdict === undefined) continue;
    withDue++;
    if (verdict) onTime++;
  }
  return {
    otd_pct: withDue === 0 ? 0 : rounded((100 * onTime) / withDue),
    lead_time_h: jobs.length === 0 ? 0 : rounded(lead / jobs.length / HOUR),
    makespan_h: rounded((instantOf(last) - instantOf(start)) / HOUR),
    on_time_orders: onTime,
  };
}

/** The second less the first. */
export function kpiDelta(before: Kpis, after: Kpis): Kpis {
  return {
    otd_pct: rounded(after.otd_pct - before.otd_pct),
    lead_time_h: rounded(after.lead_time_h - before.lead_time_h),
    makespan_h: rounded(after.makespan_h - before.makespan_h),
    on_time_orders: rounded(after.on_time_orders - before.on_time_orders),
  };
}

/** To four decimals, and never -0. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4 + 0;
}

/** Seconds as hours, to four decimals. */
export function hours(seconds: number): number {
  return rounded(seconds / HOUR);
}
