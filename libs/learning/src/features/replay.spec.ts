import { mixedPast, slowGrouper } from '../testing/slow-past';
import type { FactoryPast } from './past';
import { Replay } from './replay';

const DAY = 86_400;

describe('a replay asked about a family', () => {
  const past = mixedPast(5, 150);
  const end = (past.orders.at(-1)?.created ?? 0) + 1;

  it('shows the family and its line as for an order of one of its products, and no product', () => {
    const ofProduct = new Replay(past).view(end, 3);
    const ofFamily = new Replay(past).viewOfFamily(end, 'K1 Racer');
    expect(ofFamily.ofFamily).toEqual(ofProduct.ofFamily);
    expect(ofFamily.ofLine).toEqual(ofProduct.ofLine);
    expect(ofFamily.ofAll).toEqual(ofProduct.ofAll);
    expect(ofFamily.areaWip).toEqual(past.areaWip.at(-1));
    expect(ofFamily.ofFamily.finishedCount).toBe(slowGrouper(past)(end, 3).ofFamily.finished.length);
    expect(ofFamily.ofLine.finishedCount).toBeGreaterThan(ofFamily.ofFamily.finishedCount);
    expect([ofFamily.at, ofFamily.product, ofFamily.ofProduct.createdCount]).toEqual([end, undefined, 0]);
  });

  it('knows nothing of a family that was never made, nor of its line', () => {
    const { ofFamily, ofLine, ofAll } = new Replay(past).viewOfFamily(end, '  ');
    expect([ofFamily.createdCount, ofLine.createdCount, ofAll.createdCount]).toEqual([0, 0, 150]);
  });

  it('says whether an order of it had been created before the last view', () => {
    const orders = [
      { id: 1, created: 10 * DAY, product: 1, errors: [] },
      { id: 2, created: 20 * DAY, product: 3, errors: [] },
    ];
    const few: FactoryPast = { ...past, orders };
    const replay = new Replay(few);
    const known = () => ['K1 Vanquish', 'K1 Racer', 'Scull'].map((family) => replay.hasFamily(family));
    replay.view(20 * DAY, 1);
    // The second order is created at that moment, not before it.
    expect(known()).toEqual([true, false, false]);
    replay.viewOfFamily(20 * DAY + 1, 'Scull');
    expect(known()).toEqual([true, true, false]);
  });
});

it('counts an order as backlog up to a year, unless it is finished', () => {
  const orders = [{ id: 1, created: 0, product: 1, errors: [] }];
  const replay = new Replay({ products: new Map(), orders, areaWip: [] });
  const openAt = (at: number) => replay.view(at, 1).ofAll.open;
  expect([0, 1, 365 * DAY, 365 * DAY + 1].map(openAt)).toEqual([0, 1, 1, 0]);
});
