import { Draws } from '../draws';
import type { FactoryPast, KnownProduct, PastOrder } from '../features/past';

const DAY = 86_400;

/** Two products of a family, another of their line, one of a line without families, and one of which only the id is known. */
const PRODUCTS: readonly KnownProduct[] = [
  {
    ...{ id: 1, name: 'K1 Vanquish L', demouldWeight: 11, finishedWeight: 12, gelDeck: 3.5, gelHull: 4.5 },
    route: { steps: [5, 6, 7], automatic: 8, coefficient: 9.25, coefficientX: 10.5 },
  },
  { ...{ id: 2, name: 'K1 Vanquish M', demouldWeight: 21 }, route: undefined },
  { id: 3, name: 'K1 Racer M' },
  { id: 4, name: 'Scull' },
  { id: 5 },
];
/** What orders name: one of them is not in the catalogue, and some name none. */
const NAMED = [1, 1, 1, 2, 2, 3, 4, 5, 99, undefined];

/**
 * Orders of all kinds: most things happen at the beginning of a day, so that many happen at one moment, or at the very end
 * of a window; some orders are never finished, some late, some before they began.
 */
export function mixedPast(seed: number, count: number): FactoryPast {
  const draws = new Draws(seed);
  const oneOf = <T>(values: readonly T[]): T => values[draws.below(values.length)];
  let day = 20_000;
  const orders = Array.from({ length: count }, (_, id): PastOrder => {
    day += oneOf([0, 0, 1, 2, 4]);
    const created = day * DAY;
    const takes = oneOf([0, 5, 28, 91, 365, 366, 400, -3, 10 + draws.below(50), 10 + draws.below(50)]);
    const isFinished = draws.uniform() < 0.85;
    const errors = Array.from({ length: oneOf([0, 0, 1, 3]) }, () => ({
      time: created + oneOf([2, takes, takes + 1]) * DAY,
      severity: 1 + draws.below(3),
      ...(draws.uniform() < 0.3 ? {} : { culprit: 70 + draws.below(3) }),
    }));
    return {
      ...{ id, created, errors, product: oneOf(NAMED) },
      ...(isFinished ? { finished: created + takes * DAY } : {}),
      ...(draws.uniform() < 0.5 ? { due: created + draws.below(100) * DAY } : {}),
    };
  });
  const areaWip = Array.from({ length: day - 20_005 }, (_, index) => ({
    at: (20_005 + index) * DAY,
    counts: [draws.below(50), draws.below(50), draws.below(50)] as const,
  })).filter((_, index) => index % 3 === 0);
  return { products: new Map(PRODUCTS.map((product) => [product.id, product])), orders, areaWip };
}

/** What a group of orders shows right before a moment. */
export interface SlowGroup {
  readonly at: number;
  readonly created: readonly PastOrder[];
  readonly open: readonly PastOrder[];
  /** In order of the finishes. */
  readonly finished: readonly PastOrder[];
}

/** When an order was finished; Infinity where it was not, or before it began. */
export function finishOf({ created, finished = Infinity }: PastOrder): number {
  return finished < created ? Infinity : finished;
}

/** @param orders in order of the creations, and of the finishes */
function slowGroup(orders: readonly PastOrder[], byFinish: readonly PastOrder[], at: number): SlowGroup {
  const created = orders.filter((order) => order.created < at);
  return {
    ...{ at, created },
    // An order leaves with its finish, or when it is a year old.
    open: created.filter((order) => Math.min(finishOf(order), order.created + 365 * DAY) >= at),
    finished: byFinish.filter((order) => finishOf(order) < at),
  };
}

/** The orders of a past in order of their finishes. */
export function inOrderOfFinishes(orders: readonly PastOrder[]): PastOrder[] {
  return orders
    .filter((order) => finishOf(order) < Infinity)
    .sort((one, other) => finishOf(one) - finishOf(other) || one.id - other.id);
}

/** The groups of an order of a product as Replay must show them, by a look through all orders each time. */
export function slowGrouper({ products, orders }: FactoryPast) {
  const byFinish = inOrderOfFinishes(orders);
  const words = new Map(
    [...products].map(([id, { name = '' }]) => [id, name.split(' ').filter((word) => word !== '')]),
  );
  const nameOf = (product: number | undefined, count: number): string =>
    (product === undefined ? [] : (words.get(product) ?? [])).slice(0, count).join(' ');
  return (at: number, product: number | undefined) => {
    const group = (isIn: (order: PastOrder) => boolean): SlowGroup =>
      slowGroup(orders.filter(isIn), byFinish.filter(isIn), at);
    const sharing = (count: number): SlowGroup => {
      const name = nameOf(product, count);
      return group((order) => name !== '' && nameOf(order.product, count) === name);
    };
    return {
      ofProduct: group((order) => product !== undefined && order.product === product),
      ofFamily: sharing(2),
      ofLine: sharing(1),
      ofAll: group(() => true),
    };
  };
}
export type SlowGroups = ReturnType<ReturnType<typeof slowGrouper>>;

/** The errors of a finished order that were known by its finish. */
export function knownErrors(order: PastOrder): PastOrder['errors'] {
  return order.errors.filter(({ time }) => time <= finishOf(order));
}

export function slowMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** As percentile_cont. */
export function slowQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted.length === 0 ? NaN : (1 - place + below) * sorted[below] + (place - below) * (sorted[below + 1] ?? 0);
}

/** The lead times of the orders finished last, days. */
export function slowLeads({ finished }: SlowGroup, count = Infinity): number[] {
  return finished.slice(Math.max(0, finished.length - count)).map((order) => (finishOf(order) - order.created) / DAY);
}

/** The share of the orders finished last with an error of at least a severity. */
export function slowErrorRate({ finished }: SlowGroup, count: number, severity: number): number {
  const latest = finished.slice(Math.max(0, finished.length - count));
  return slowMean(latest.map((order) => Number(knownErrors(order).some((error) => error.severity >= severity))));
}

/** Whether two numbers are the same but for rounding; NaN is the same as NaN. */
export function isSame(one: number, other: number): boolean {
  return Object.is(one, other) || Math.abs(one - other) <= 1e-9 * (1 + Math.abs(one));
}
