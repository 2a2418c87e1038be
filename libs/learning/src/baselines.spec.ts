import { LEAD_TIME_BASELINES, RISK_BASELINES } from './baselines';
import { type PastOrder } from './features/past';
import { orderTable } from './order-table';
import {
  isSame,
  mixedPast,
  slowErrorRate,
  type SlowGroup,
  slowGrouper,
  type SlowGroups,
  slowLeads,
  slowQuantile,
} from './testing/slow-past';

const past = mixedPast(7, 450);
const groupsAt = slowGrouper(past);

/** What differs from what an order should be answered. */
function differences(
  answers: ArrayLike<object | number | undefined>,
  expected: (groups: SlowGroups, order: PastOrder) => object | undefined,
): string[] {
  return past.orders.flatMap((order, row) => {
    const wanted = expected(groupsAt(order.created, order.product), order);
    const found = answers[row];
    const same = Object.entries(wanted ?? {}).every(([name, value]) => {
      const other = (found as Record<string, unknown>)?.[name];
      return typeof value === 'number' ? isSame(Number(other), value) : other === value;
    });
    return same && (wanted === undefined) === (found === undefined) ? [] : [`order ${order.id}`];
  });
}

function spread(group: SlowGroup, level: string, count?: number) {
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((share) => slowQuantile(slowLeads(group, count), share));
  return group.finished.length === 0 ? undefined : { p10, p50, p90, level };
}

/** The narrowest group that five orders of were finished. */
const enough = ({ ofProduct, ofFamily, ofAll }: SlowGroups): [SlowGroup, string] =>
  ofProduct.finished.length >= 5
    ? [ofProduct, 'product']
    : ofFamily.finished.length >= 5
      ? [ofFamily, 'family']
      : [ofAll, 'all'];

it('answers lead times by the product’s orders, its family’s where there are fewer than five, or the last 300', () => {
  const { leadTimeBaselines } = orderTable(past).table;
  const answered = (name: string) => leadTimeBaselines.get(name) ?? [];
  expect(differences(answered('product_median'), (groups) => spread(...enough(groups)))).toEqual([]);
  expect(differences(answered('recent_product_median'), (groups) => spread(...enough(groups), 20))).toEqual([]);
  expect(differences(answered('recent_median'), ({ ofAll }) => spread(ofAll, 'all', 300))).toEqual([]);
  // All three kinds of groups are asked here.
  const levels = new Set(answered('product_median').map((answer) => (answer as { level?: string })?.level));
  expect(levels).toEqual(new Set([undefined, 'all', 'family', 'product']));
  expect([...leadTimeBaselines.keys()]).toEqual(LEAD_TIME_BASELINES.map(({ name }) => name));
});

describe('risks without a model', () => {
  /** The rate of a group's latest orders, as if the wider one had sent it 20 orders more. */
  const shrunk = (group: SlowGroup, count: number, severity: number, prior: number) => {
    const orders = Math.min(count, group.finished.length);
    const erred = orders === 0 ? 0 : orders * slowErrorRate(group, count, severity);
    return (erred + 20 * prior) / (orders + 20);
  };

  it('pull each group’s rate to the wider one’s', () => {
    const { riskBaselines } = orderTable(past).table;
    for (const severity of [1, 2] as const) {
      for (const [name, count] of [
        ['product_rate', 500],
        ['recent_rate', 50],
      ] as const) {
        const answers = Array.from(riskBaselines.get(name)?.[severity] ?? [], (probability) =>
          Number.isNaN(probability) ? undefined : { probability },
        );
        const expected = ({ ofProduct, ofFamily, ofAll }: SlowGroups) => {
          const all = slowErrorRate(ofAll, 500, severity);
          const family = shrunk(ofFamily, count, severity, all);
          return ofAll.finished.length === 0 ? undefined : { probability: shrunk(ofProduct, count, severity, family) };
        };
        expect(differences(answers, expected)).toEqual([]);
      }
    }
  });

  it('say which was the narrowest group that anything was finished of', () => {
    const finished = (count: number) => ({ finishedCount: count, recentErrorRate: () => 0.5 });
    const levelOf = (ofProduct: number, ofFamily: number, ofAll: number) => {
      const view = { ofProduct: finished(ofProduct), ofFamily: finished(ofFamily), ofAll: finished(ofAll) };
      return RISK_BASELINES[0].of(view as unknown as Parameters<(typeof RISK_BASELINES)[0]['of']>[0], 1)?.level;
    };
    expect([levelOf(1, 2, 3), levelOf(0, 1, 2), levelOf(0, 0, 1), levelOf(0, 0, 0)]).toEqual([
      ...['product', 'family', 'all', undefined],
    ]);
  });
});
