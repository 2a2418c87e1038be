import { FEATURES_OF, leadTimeSet, riskSet } from './learning-set';
import { rowOf } from './matrix';
import { ORDER_FEATURES, orderTable } from './order-table';
import { mixedPast } from './testing/slow-past';

it('expects no finish of an order that was closed without one, from then on, nor of one finished before it began', () => {
  const order = (id: number, rest: object) => ({ id, created: 100 + id, errors: [], ...rest });
  // The last is finished at the moment when it begins.
  const finished = [order(4, { finished: 50 }), order(5, { finished: 105 })];
  const orders = [order(1, {}), order(2, { finished: 500 }), order(3, { closed: 500 }), ...finished];
  const { isAsleep } = leadTimeSet(orderTable({ products: new Map(), orders, areaWip: [] }).table, 'creation');
  const asleepAt = (moment: number) => orders.flatMap(({ id }, row) => (isAsleep?.(row, moment) ? [id] : []));
  expect(asleepAt(500)).toEqual([4]);
  expect(asleepAt(501)).toEqual([3, 4]);
});

describe('what is learned from', () => {
  const past = mixedPast(11, 60);
  const everyRow = <T>(of: (row: number) => T) => past.orders.map((_, row) => of(row));

  it.each(['creation', 'transport'] as const)('has the features of the set, a row an order: %s', (set) => {
    const { table } = orderTable(past);
    const { features, rows, begun, ended, outcome, kind } = leadTimeSet(table, set);
    expect(features).toBe(FEATURES_OF[set]);
    expect([rows.rows, rows.columns]).toEqual([60, features.length]);
    const names = ORDER_FEATURES.map(({ name }) => name);
    expect(everyRow((row) => [...rowOf(rows, row)])).toEqual(
      everyRow((row) => features.map(({ name }) => rowOf(table.features, row)[names.indexOf(name)])),
    );
    expect([begun, ended, outcome, kind]).toEqual([table.begun, table.ended, table.leadTime, 'duration']);
  });

  it('comes with what simple rules answer of lead times', () => {
    const { table } = orderTable(past);
    const { baselines } = leadTimeSet(table, 'creation');
    expect(baselines.map(({ name }) => name)).toEqual(['product_median', 'recent_product_median', 'recent_median']);
    for (const { name, answers } of baselines) expect(answers).toEqual(table.leadTimeBaselines.get(name));
  });

  it.each([1, 2] as const)(
    'tells whether an error was of severity %d or more, and what simple rules answer',
    (least) => {
      const { table } = orderTable(past);
      const { features, rows, begun, ended, outcome, kind, baselines } = riskSet(table, least);
      expect(features).toBe(FEATURES_OF.creation);
      expect([rows, begun, ended, kind]).toEqual([
        ...[leadTimeSet(table, 'creation').rows, table.begun, table.ended, 'event'],
      ]);
      expect([...outcome]).toEqual(everyRow((row) => (table.severity[row] >= least ? 1 : 0)));
      expect(baselines.map(({ name }) => name)).toEqual(['product_rate', 'recent_rate']);
      for (const { name, answers } of baselines) {
        // Nothing is answered before the first finish.
        expect(answers[0]).toBeUndefined();
        const probabilities = table.riskBaselines.get(name)?.[least] ?? [];
        expect(Array.from(answers, (answer) => answer ?? NaN)).toEqual([...probabilities]);
      }
    },
  );
});
