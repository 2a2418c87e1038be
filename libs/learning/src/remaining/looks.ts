import {
  familyOf,
  FORECAST_SETTINGS,
  Forecaster,
  type ForecastSettings,
  type History,
  historyOf,
  type HistoryOrder,
  type Position,
  positionAt,
} from '@libs/forecast';
import { Replay } from '../features/replay';
import { type Matrix, matrixOf } from '../matrix';
import type { Quantiles } from '../measures/regression';
import { type Look, LOOK_FEATURES } from './look-features';

const DAY = 86_400;
const QUANTILES = [0.1, 0.5, 0.9] as const;

/** One row per order in process and look: where it stood, what was known of it, and what came of it. */
export interface LookTable {
  readonly history: History;
  readonly dormantSeconds: number;
  /** Index of the order in the history, and the phase type that it stood in. */
  readonly order: Int32Array;
  readonly phase: Int32Array;
  /** Columns as LOOK_FEATURES. */
  readonly features: Matrix;
  /** The look, and the finish (NaN: not yet); seconds since 1970. */
  readonly begun: Float64Array;
  readonly ended: Float64Array;
  /** Days from the look to the finish; NaN without one. */
  readonly remaining: Float64Array;
  /** What comparable orders say: the ETA without a model, days. */
  readonly comparable: readonly Quantiles[];
}

/**
 * Looks at the factory at some moments. A row knows what had been recorded before its look and nothing else.
 *
 * @param orders with their phases; those finished long before the first look need none
 * @param moments seconds since 1970, increasing
 * @param only rows wanted, by index of the order and moment; by default all orders active then
 */
export function lookTable(
  orders: readonly HistoryOrder[],
  moments: readonly number[],
  dormantSeconds: number,
  only: (order: number, moment: number) => boolean = () => true,
): LookTable {
  const history = historyOf(orders);
  const settings: ForecastSettings = { ...FORECAST_SETTINGS, dormantSeconds };
  const names = orders.map(({ productName }) => (productName === undefined ? undefined : familyOf(productName)));
  const replay = replayOf(orders);
  const found = {
    order: [] as number[],
    phase: [] as number[],
    begun: [] as number[],
    rows: [] as number[][],
    comparable: [] as Quantiles[],
  };
  for (const at of moments) {
    const positions = new Map<number, Position>();
    for (let order = 0; order < orders.length; order++) {
      const position = positionAt(history, order, at, dormantSeconds);
      if (position !== undefined) positions.set(order, position);
    }
    const standing = countStanding(positions, history);
    const forecaster = new Forecaster(history, at, settings);
    for (const [order, position] of positions) {
      if (!only(order, at)) continue;
      const forecast = forecaster.forecast(order, position);
      if (forecast === undefined) continue;
      const [p10, p50, p90] = QUANTILES.map((share) => forecast.remaining.quantile(share) / DAY);
      const { product } = orders[order];
      const look: Look = {
        at,
        created: history.created[order],
        phase: position.phase,
        lastEvent: position.lastEvent,
        ...workSeen(history, order, position, at),
        ...(names[order] === undefined ? {} : { familyName: names[order].family, lineName: names[order].line }),
        ...(product === undefined ? {} : { product }),
        view: replay.view(at, product),
        standing: standing(order, position),
        comparable: { p10, p50, p90, level: forecast.level, cases: forecast.cases },
      };
      found.order.push(order);
      found.phase.push(position.phase);
      found.begun.push(at);
      found.rows.push(LOOK_FEATURES.map((feature) => feature.of(look)));
      found.comparable.push({ p10, p50, p90 });
    }
  }
  const ended = Float64Array.from(found.order, (order) => history.finished[order]);
  return {
    history,
    dormantSeconds,
    order: Int32Array.from(found.order),
    phase: Int32Array.from(found.phase),
    features: matrixOf(found.rows, LOOK_FEATURES.length),
    begun: Float64Array.from(found.begun),
    ended,
    remaining: ended.map((finish, row) => (finish - found.begun[row]) / DAY),
    comparable: found.comparable,
  };
}

/** Whether nobody worked on a row's order any more at a moment, as far as was known then: it says nothing of others. */
export function isAsleep({ history, order, dormantSeconds }: LookTable, row: number, moment: number): boolean {
  return (
    !(history.finished[order[row]] < moment) && positionAt(history, order[row], moment, dormantSeconds) === undefined
  );
}

/** Creations and finishes in order of time, without errors and routes: what the features of a look ask groups for. */
function replayOf(orders: readonly HistoryOrder[]): Replay {
  const products = new Map(
    orders.flatMap(({ product, productName }) =>
      product === undefined ? [] : [[product, { id: product, name: productName }] as const],
    ),
  );
  const past = orders
    .map(({ created, finished, product }, id) => ({ id, created, finished, product, errors: [] }))
    .sort((one, other) => one.created - other.created || one.id - other.id);
  return new Replay({ products, orders: past, areaWip: [] });
}

function countStanding(
  positions: ReadonlyMap<number, Position>,
  { product, family }: History,
): (order: number, position: Position) => Look['standing'] {
  const counts = {
    phase: new Map<number, number>(),
    product: new Map<number, number>(),
    family: new Map<number, number>(),
  };
  const add = (map: Map<number, number>, key: number): void => void map.set(key, (map.get(key) ?? 0) + 1);
  for (const [order, { phase }] of positions) {
    add(counts.phase, phase);
    add(counts.product, product[order]);
    add(counts.family, family[order]);
  }
  // -1 is 'not known', which no two orders have in common.
  const of = (map: ReadonlyMap<number, number>, key: number): number => (key < 0 ? NaN : (map.get(key) ?? 0));
  return (order, { phase }) => ({
    phase: counts.phase.get(phase) ?? 0,
    product: of(counts.product, product[order]),
    family: of(counts.family, family[order]),
    all: positions.size,
  });
}

/** What had been worked on an order before a moment. */
function workSeen(
  { firstPhase, phaseStart, phaseEnd, phaseReturn, phaseAutomatic }: History,
  order: number,
  { phaseIndex }: Position,
  at: number,
): Pick<Look, 'phaseStart' | 'firstStart' | 'started' | 'ended' | 'returns'> {
  let firstStart = NaN;
  let [started, ended, returns] = [0, 0, 0];
  for (let index = firstPhase[order]; index < firstPhase[order + 1]; index++) {
    if (phaseAutomatic[index] === 1) continue;
    if (phaseEnd[index] < at) ended++;
    if (!(phaseStart[index] < at)) continue;
    started++;
    returns += phaseReturn[index];
    if (!(firstStart <= phaseStart[index])) firstStart = phaseStart[index];
  }
  const begun = phaseIndex === -1 ? NaN : phaseStart[phaseIndex];
  return { phaseStart: begun, firstStart, started, ended, returns };
}
