import { historyOf, type HistoryOrder } from '@libs/forecast';
import type { FactoryData } from '../factory-data';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;
/** A Friday; its weekday does not matter, since one order a day is made every day. */
export const FIRST = 19_720 * DAY;
export const END = FIRST + 300 * DAY;

export interface MadeOrder {
  readonly number: number;
  readonly row: HistoryOrder;
}

/** The last orders of one product: cut for an hour, cured for a day, checked for an hour; one created a day. */
export function made(count: number, total = 300): MadeOrder[] {
  return Array.from({ length: count }, (_, place): MadeOrder => {
    const number = total - count + place;
    const created = FIRST + number * DAY;
    const at = (hours: number): number | undefined =>
      created + hours * HOUR < END ? created + hours * HOUR : undefined;
    const row: HistoryOrder = {
      created,
      finished: at(240),
      product: 1,
      productName: 'K1 Vento L',
      phases: [
        { type: 1, start: at(120), end: at(121) },
        { type: 2, start: at(123), end: at(147), isAutomatic: true },
        { type: 3, start: at(200), end: at(201) },
      ],
    };
    return { number, row };
  });
}

/** The factory that has these orders, read one after the other. */
export function factoryOf(orders: readonly MadeOrder[]): FactoryData {
  return {
    history: historyOf(orders.map(({ row }) => row)),
    orders: orders.map(({ number, row }) => ({
      ofId: 1000 + number,
      product: 1,
      due: FIRST + (number + 11) * DAY,
      closed: row.finished !== undefined,
    })),
    phaseTypes: [
      { id: 1, name: 'Corte', automatic: false, apt: 3 },
      { id: 2, name: 'Cura', automatic: true, apt: null },
      { id: 3, name: 'Controlo', automatic: false, apt: 1 },
    ],
    products: [{ id: 1, name: 'K1 Vento L', route: [1, 2, 3] }],
    end: END,
    dormantSeconds: 180 * DAY,
  };
}
