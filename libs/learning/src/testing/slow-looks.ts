import type { HistoryOrder } from '@libs/forecast';
import { Draws } from '../draws';
import type { FactoryPast } from '../features/past';

const DAY = 86_400;
const NAMES = ['K1 Vanquish L', 'K1 Vanquish M', 'K1 Racer', 'Scull', undefined];

type Phase = HistoryOrder['phases'][number];

/**
 * Orders through some phases, of whole days, so that much happens at one moment: with states that the system enters by
 * itself, returns, starts that nobody recorded, orders that fell asleep and orders of which the product is not known.
 */
export function mixedOrders(seed: number, count: number, perDay = 0.5): HistoryOrder[] {
  const draws = new Draws(seed);
  return Array.from({ length: count }, (_, index): HistoryOrder => {
    const created = (20_000 + Math.floor(index / perDay)) * DAY;
    const asleep = draws.uniform() < 0.05;
    let at = created;
    const phases = [4, 3, 7, 5].slice(draws.below(2)).map((type): Phase => {
      const start = at + draws.below(5) * DAY;
      const end = start + draws.below(12) * DAY;
      at = asleep ? end + 2000 * DAY : end;
      const isRecorded = draws.uniform() < 0.9;
      return {
        ...{ type, isReturn: draws.uniform() < 0.1, isAutomatic: draws.uniform() < 0.2 },
        ...(isRecorded ? { start } : {}),
        ...(draws.uniform() < 0.9 ? { end } : {}),
      };
    });
    const product = draws.below(6);
    return {
      ...{ created, phases },
      ...(draws.uniform() < 0.95 ? { finished: at + draws.below(4) * DAY } : {}),
      // The last of them is not in the catalogue at all.
      ...(product < 5 ? { product, productName: NAMES[product] } : { productName: 'K1 Racer' }),
    };
  });
}

/** Creations and finishes alone, as features of groups of orders see them. */
export function pastOf(orders: readonly HistoryOrder[]): FactoryPast {
  return {
    products: new Map(
      orders.flatMap(({ product, productName }) =>
        product === undefined ? [] : [[product, { id: product, name: productName }] as const],
      ),
    ),
    orders: orders.map(({ created, finished, product }, id) => ({ id, created, finished, product, errors: [] })),
    areaWip: [],
  };
}
