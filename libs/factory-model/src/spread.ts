import { atShare } from './quantiles';

/** The fractional part of the golden ratio: its multiples fill 0..1 evenly, however many there are. */
const GOLDEN = 0.618033988749895;

/** An order to which comparable orders give ten equally likely times to the finish. */
interface Spreadable {
  readonly deciles: readonly number[];
  expected: number;
}

/**
 * Gives each of a group of orders one time to the finish, so that together they come as such a group does.
 *
 * With its own median each, orders that wait for their release would all be released in the same weeks, and none before:
 * the factory would stand still and then drown. So the ten times of all orders are pooled; each ten of them, from the
 * shortest on, are one order's, and the order whose own median is the shortest gets the first. A single order gets its median.
 *
 * @param orders in the order that decides between equal medians; those without times are left as they are
 */
export function spreadOver(orders: readonly Spreadable[]): void {
  const known = orders.filter(({ deciles }) => deciles.length > 0);
  const pooled = known.flatMap(({ deciles }) => deciles).sort((one, other) => one - other);
  const ranked = known
    .map((order) => ({ order, median: atShare(order.deciles, 0.5) }))
    .sort((one, other) => one.median - other.median);
  let from = 0;
  for (const { order } of ranked) {
    const own = pooled.slice(from, (from += order.deciles.length));
    order.expected = atShare(own, 0.5);
  }
}

/** The same for orders that come one after the other: the time to the finish of the n-th, from 0. */
export function spreadTime(deciles: readonly number[], number: number): number {
  return deciles.length === 0 ? 0 : atShare(deciles, ((number + 1) * GOLDEN) % 1);
}
