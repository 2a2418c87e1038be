import { LEAD_TIME_BASELINES, RISK_BASELINES, type RiskSeverity } from './baselines';
import { TRANSPORT_FEATURES } from './features/order-features';
import type { FactoryPast, PastOrder } from './features/past';
import { Replay } from './features/replay';
import { type Matrix, matrixOf } from './matrix';
import type { Quantiles } from './measures/regression';

const DAY = 86_400;

/** All features that an order can have; each model uses some of them. */
export const ORDER_FEATURES = TRANSPORT_FEATURES;

/** One row per order: what was known at its creation, and what came of it. */
export interface OrderTable {
  readonly orders: readonly PastOrder[];
  /** Columns as ORDER_FEATURES. */
  readonly features: Matrix;
  /** Creation, and when the outcome was known: the finish; NaN while not finished, or finished before it was created. */
  readonly begun: Float64Array;
  readonly ended: Float64Array;
  /** Days; NaN without an outcome. */
  readonly leadTime: Float64Array;
  /** The worst error of each order, 0 for none. */
  readonly severity: Uint8Array;
  /** What each baseline answered at the creation: undefined before the first finish. */
  readonly leadTimeBaselines: ReadonlyMap<string, readonly (Quantiles | undefined)[]>;
  readonly riskBaselines: ReadonlyMap<string, Readonly<Record<RiskSeverity, Float64Array>>>;
}

/** The table, and the replay at the end of the last creation, for orders yet to come. */
export interface WalkedPast {
  readonly table: OrderTable;
  readonly replay: Replay;
}

/** Orders between two rests of orderTableSteps. */
const STEP = 200;

/** Walks through the past once. */
export function orderTable(past: FactoryPast): WalkedPast {
  const steps = orderTableSteps(past);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** As orderTable, resting after every few orders: some ten milliseconds of work each, so that others get their turn. */
export function* orderTableSteps(past: FactoryPast): Generator<undefined, WalkedPast> {
  const replay = new Replay(past);
  const count = past.orders.length;
  const rows: number[][] = [];
  const leadTimeBaselines = new Map(LEAD_TIME_BASELINES.map(({ name }) => [name, [] as (Quantiles | undefined)[]]));
  const riskBaselines = new Map(
    RISK_BASELINES.map(({ name }) => [name, { 1: new Float64Array(count), 2: new Float64Array(count) }]),
  );
  for (const order of past.orders) {
    const row = rows.length;
    if (row % STEP === STEP - 1) yield;
    const view = replay.view(order.created, order.product, order.due);
    for (const { name, of } of LEAD_TIME_BASELINES) leadTimeBaselines.get(name)?.push(of(view));
    for (const { name, of } of RISK_BASELINES) {
      for (const severity of [1, 2] as const) {
        const probabilities = riskBaselines.get(name)?.[severity];
        if (probabilities !== undefined) probabilities[row] = of(view, severity)?.probability ?? NaN;
      }
    }
    rows.push(ORDER_FEATURES.map((feature) => feature.of(view)));
  }
  const ended = Float64Array.from(past.orders, ({ created, finished = NaN }) => (finished >= created ? finished : NaN));
  return {
    replay,
    table: {
      orders: past.orders,
      features: matrixOf(rows, ORDER_FEATURES.length),
      begun: Float64Array.from(past.orders, ({ created }) => created),
      ended,
      leadTime: Float64Array.from(past.orders, ({ created }, row) => (ended[row] - created) / DAY),
      severity: Uint8Array.from(past.orders, ({ errors }) => Math.max(0, ...errors.map((error) => error.severity))),
      leadTimeBaselines,
      riskBaselines,
    },
  };
}
