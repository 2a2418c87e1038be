import { CULPRIT_BASELINES } from './culprits';
import type { PastOrder } from './features/past';
import { orderTable, orderTableSteps } from './order-table';
import {
  finishOf,
  inOrderOfFinishes,
  knownErrors,
  mixedPast,
  type SlowGroup,
  slowGrouper,
  type SlowGroups,
  slowMean,
} from './testing/slow-past';

const past = mixedPast(9, 700);
const CULPRITS = [70, 71, 72];

const causedBy = (order: PastOrder, culprit: number) =>
  Number(knownErrors(order).some((error) => error.culprit === culprit));

/** How likely a culprit causes an error, by the orders of each group finished last. */
function slowRisk({ ofProduct, ofFamily, ofAll }: SlowGroups, culprit: number, count: number) {
  const latest = ({ finished }: SlowGroup, size: number) =>
    finished.slice(Math.max(0, finished.length - size)).map((order) => causedBy(order, culprit));
  const all = slowMean(latest(ofAll, 500));
  const pulled = (group: SlowGroup, prior: number) => {
    const caused = latest(group, count);
    return (caused.reduce((sum, each) => sum + each, 0) + 20 * prior) / (caused.length + 20);
  };
  return count === 0 ? all : pulled(ofProduct, pulled(ofFamily, all));
}

it('compares the rates of culprits by the 500 orders finished last, each as it was answered at its creation', () => {
  const { table } = orderTable(past);
  const groupsAt = slowGrouper(past);
  const latest = inOrderOfFinishes(past.orders).slice(-500);
  const answered = latest.map((order) => {
    const groups = groupsAt(order.created, order.product);
    return CULPRIT_BASELINES.map(({ count }) =>
      slowMean(CULPRITS.map((culprit) => (slowRisk(groups, culprit, count) - causedBy(order, culprit)) ** 2)),
    );
  });
  // Of those created before the first finish nothing was answered.
  const errors = answered.filter((each) => !each.some(Number.isNaN));
  const means = CULPRIT_BASELINES.map((_, index) => slowMean(errors.map((each) => each[index])));
  expect(table.culpritRates.orders).toBe(errors.length);
  expect(CULPRIT_BASELINES.map(({ name }) => table.culpritRates.briers[name])).toEqual(
    means.map((mean) => expect.closeTo(mean, 12)),
  );
  expect(table.culpritRates.best).toBe(CULPRIT_BASELINES[means.indexOf(Math.min(...means))]);
});

it('names the phase types that ever caused an error, in increasing order', () => {
  const { table } = orderTable(past);
  expect(table.culprits).toEqual(CULPRITS);
});

it('has the worst error of each order, whenever it was recorded, and when it was created', () => {
  const { table } = orderTable(past);
  expect([...table.severity]).toEqual(
    past.orders.map(({ errors }) => errors.reduce((worst, { severity }) => Math.max(worst, severity), 0)),
  );
  expect([...table.begun]).toEqual(past.orders.map(({ created }) => created));
  expect([...table.ended]).toEqual(past.orders.map((order) => (finishOf(order) < Infinity ? order.finished : NaN)));
  expect(table.orders).toBe(past.orders);
});

it('leaves the replay at the last creation, for orders yet to come', () => {
  const { replay } = orderTable(past);
  const last = past.orders[past.orders.length - 1];
  const later = last.created + 1;
  expect(replay.view(later, last.product).ofAll.createdCount).toBe(700);
});

it('rests after every 200 orders, so that others get their turn', () => {
  const restsOf = (count: number) => {
    const steps = orderTableSteps({ ...past, orders: past.orders.slice(0, count) });
    let rests = 0;
    while (steps.next().done !== true) rests++;
    return rests;
  };
  expect([199, 200, 399, 400].map(restsOf)).toEqual([0, 1, 1, 2]);
});
