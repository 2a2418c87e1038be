import { leadTimeSet } from './learning-set';
import { orderTable } from './order-table';

it('expects no finish of an order that was closed without one, from then on, nor of one finished before it began', () => {
  const order = (id: number, rest: object) => ({ id, created: 100 + id, errors: [], ...rest });
  const orders = [order(1, {}), order(2, { finished: 500 }), order(3, { closed: 500 }), order(4, { finished: 50 })];
  const { isAsleep } = leadTimeSet(orderTable({ products: new Map(), orders, areaWip: [] }).table, 'creation');
  const asleepAt = (moment: number) => orders.flatMap(({ id }, row) => (isAsleep?.(row, moment) ? [id] : []));
  expect(asleepAt(500)).toEqual([4]);
  expect(asleepAt(501)).toEqual([3, 4]);
});
