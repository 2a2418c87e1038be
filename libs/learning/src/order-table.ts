import { LEAD_TIME_BASELINES, RISK_BASELINES, type RiskSeverity } from './baselines';
import {
  compareCulprits,
  CULPRIT_BASELINES,
  type CulpritBaseline,
  type CulpritComparison,
  culpritRisk,
  culpritsOf,
  LATEST_SCORED,
} from './culprits';
import { type OrderView, TRANSPORT_FEATURES } from './features/order-features';
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
  /** The phase types that ever caused an error, increasing, and which rate of them did best lately. */
  readonly culprits: readonly number[];
  readonly culpritRates: CulpritComparison;
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
  const culprits = culpritsOf(past.orders.flatMap(({ errors }) => errors)).sort((one, other) => one - other);
  const scored = new Map<PastOrder, number[]>(latestFinished(past.orders).map((order) => [order, []]));
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
    scored.get(order)?.push(...CULPRIT_BASELINES.map((baseline) => culpritError(order, view, culprits, baseline)));
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
      culprits,
      culpritRates: compareCulprits([...scored.values()]),
    },
  };
}

/** The orders finished last, by which rates are compared; in order of the finishes. */
function latestFinished(orders: readonly PastOrder[]): PastOrder[] {
  const finishOf = ({ created, finished = NaN }: PastOrder): number => (finished >= created ? finished : NaN);
  return orders
    .filter((order) => !Number.isNaN(finishOf(order)))
    .sort((one, other) => finishOf(one) - finishOf(other) || one.id - other.id)
    .slice(-LATEST_SCORED);
}

/** The mean squared difference, over all culprits, of what a rate said at the creation and what came; NaN: it said nothing. */
function culpritError(
  { errors, finished = NaN }: PastOrder,
  view: OrderView,
  culprits: readonly number[],
  baseline: CulpritBaseline,
): number {
  const caused = new Set(culpritsOf(errors.filter(({ time }) => time <= finished)));
  const squares = culprits.map((culprit) => (culpritRisk(view, culprit, baseline) - Number(caused.has(culprit))) ** 2);
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}
