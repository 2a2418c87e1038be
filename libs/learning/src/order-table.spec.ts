import { ORDER_FEATURES, orderTable } from './order-table';
import type { FactoryPast, PastOrder } from './features/past';
import { rowOf } from './matrix';
import { Draws } from './draws';

const DAY = 86_400;
const PRODUCTS = new Map(
  [1, 2, 3].map((id) => [id, { id, name: `K${id} Vanquish M`, demouldWeight: 8 + id, finishedWeight: 10 + id }]),
);

/** Three years of orders, whose lead times and errors are drawn from a seed. */
function somePast(seed: number, count = 300): FactoryPast {
  const random = new Draws(seed);
  const orders = Array.from({ length: count }, (_, index): PastOrder => {
    const created = index * 3 * DAY;
    const finished = created + (5 + random.below(80)) * DAY;
    const errors = random.uniform() < 0.5 ? [{ time: created + 2 * DAY, severity: 1 + random.below(3) }] : [];
    return {
      id: index,
      created,
      product: 1 + random.below(3),
      errors,
      ...(random.uniform() < 0.95 ? { finished } : {}),
    };
  });
  const areaWip = orders.map(({ created }) => ({
    at: created,
    counts: [random.below(50), random.below(50), random.below(50)] as const,
  }));
  return { products: PRODUCTS, orders, areaWip };
}

const column = (name: string) => ORDER_FEATURES.findIndex((feature) => feature.name === name);

it('knows nothing of the future: shuffling all that comes after a moment changes no feature before it', () => {
  const past = somePast(1);
  const moment = past.orders[200].created;
  // Everything recorded at the moment or later becomes that of another history.
  const other = somePast(2);
  const shuffled: FactoryPast = {
    ...past,
    orders: past.orders.map((order, index) => {
      if (order.created >= moment) return { ...other.orders[index], created: order.created };
      const { finished, errors } = order;
      const isOver = finished !== undefined && finished < moment;
      return {
        ...order,
        finished: isOver ? finished : moment + new Draws(index).below(500) * DAY,
        errors: errors.filter(({ time }) => time < moment),
      };
    }),
    areaWip: past.areaWip.map((wip, index) => (wip.at > moment ? other.areaWip[index] : wip)),
  };
  const before = orderTable(past).table;
  const after = orderTable(shuffled).table;
  for (let row = 0; row <= 200; row++) {
    // The product of the order at the moment is its own; the others are compared whole.
    if (row === 200 && past.orders[row].product !== shuffled.orders[row].product) continue;
    expect([...rowOf(after.features, row)]).toEqual([...rowOf(before.features, row)]);
    for (const [name, answers] of before.leadTimeBaselines) {
      expect(after.leadTimeBaselines.get(name)?.[row]).toEqual(answers[row]);
    }
    for (const [name, answers] of before.riskBaselines) {
      expect(after.riskBaselines.get(name)?.[1][row]).toEqual(answers[1][row]);
    }
  }
  // And what comes after it does change: the test would notice.
  expect([...after.features.values]).not.toEqual([...before.features.values]);
});

it('counts what was in process, and the lead times of what was finished', () => {
  const order = (id: number, created: number, finished?: number): PastOrder => ({
    id,
    created: created * DAY,
    product: 1,
    errors: [],
    ...(finished === undefined ? {} : { finished: finished * DAY }),
  });
  // When the fourth is created, on day 30, the first has taken 10 days, the second 20, and the third is 5 days old.
  const orders = [order(1, 0, 10), order(2, 5, 25), order(3, 25), order(4, 30)];
  const { table } = orderTable({ products: PRODUCTS, orders, areaWip: [] });
  const row = rowOf(table.features, 3);
  const named = (name: string) => row[column(name)];
  expect([named('backlog'), named('open_age'), named('finished_28'), named('lead_product')]).toEqual([1, 5, 2, 15]);
  expect(named('since_product_created')).toBe(5);
  expect(named('wip_first')).toBeNaN();
  expect([...table.leadTime]).toEqual([10, 20, NaN, NaN]);
});

it('leaves an order that was finished before it was created without an outcome', () => {
  const orders: PastOrder[] = [{ id: 1, created: 10 * DAY, finished: 9 * DAY, product: 1, errors: [] }];
  const { table } = orderTable({ products: PRODUCTS, orders, areaWip: [] });
  expect([...table.ended, ...table.leadTime]).toEqual([NaN, NaN]);
});

it('falls back from the product to its family and to all orders', () => {
  const orders = Array.from({ length: 12 }, (_, index): PastOrder => ({
    id: index,
    created: index * DAY,
    finished: (index + 3) * DAY,
    product: index < 6 ? 1 : 2,
    errors: index < 6 ? [{ time: (index + 1) * DAY, severity: 2 }] : [],
  }));
  const asked: PastOrder[] = [1, 2, 3, 99].map((product, place) => ({
    id: 100 + place,
    created: 40 * DAY,
    product,
    errors: [],
  }));
  const { table } = orderTable({ products: PRODUCTS, orders: [...orders, ...asked], areaWip: [] });
  const answers = table.leadTimeBaselines.get('product_median') ?? [];
  expect(answers.slice(12).map((answer) => (answer as { level?: string } | undefined)?.level)).toEqual([
    ...['product', 'product', 'all', 'all'],
  ]);
  const risks = table.riskBaselines.get('product_rate')?.[1] ?? new Float64Array();
  // All: 6 of 12. Family K1: (6 + 20 · 0.5) / 26; product: (6 + 20 · that) / 26.
  const family = (6 + 10) / 26;
  expect(risks[12]).toBeCloseTo((6 + 20 * family) / 26, 12);
  expect(risks[15]).toBeCloseTo(0.5, 12);
});
