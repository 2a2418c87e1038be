import { mixedOrders } from '../testing/slow-looks';
import { LOOK_FEATURES } from './look-features';
import { isAsleep, lookTable } from './looks';
import { phaseMedians } from './phase-medians';
import { historyFrom, looksOf, remainingSet } from './remaining-set';

const DAY = 86_400;
const DORMANT = 60 * DAY;

describe('the looks of a training', () => {
  it('are every two weeks from the test both ways, to three years before the last that is learned from', () => {
    const days = looksOf({ trainBefore: 3000 * DAY, testFrom: 3103 * DAY }, 3117 * DAY).map((look) => look / DAY);
    // The first may lie on day 3000 - 182 - 78 * 14 = 1726 at least; 3103 - 98 * 14 = 1731, 14 days before is too early.
    expect([days[0], days[1], days.at(-1)]).toEqual([1731, 1745, 3103]);
    expect(days.length).toBe(99);
  });

  it('have one on the first day that there may be, and none at the end', () => {
    const cuts = { trainBefore: 3000 * DAY, testFrom: 3000 * DAY };
    const looks = looksOf(cuts, 3014 * DAY + 1).map((look) => look / DAY);
    // Day 1726 lies 91 times two weeks before the test.
    expect([looks[0], looks.at(-1)]).toEqual([1726, 3014]);
    expect(looksOf(cuts, 3014 * DAY).at(-1)).toBe(3000 * DAY);
  });

  it('need the phases of as long before as comparable orders are looked for', () => {
    // 26 looks back, two weeks apart, and as long as an order may sleep.
    expect(historyFrom(3000 * DAY, 60 * DAY)).toBe((3000 - 26 * 14 - 60) * DAY);
  });
});

describe('the rows of a training', () => {
  const looks = Array.from({ length: 10 }, (_, look) => (20_030 + 28 * look) * DAY);
  const trainBefore = looks[4] + 182 * DAY;
  const learned = () => {
    const table = lookTable(mixedOrders(3, 120), looks, DORMANT);
    return { table, set: remainingSet(table, trainBefore), rows: [...table.begun.keys()] };
  };

  it('are those of the table, with the days left', () => {
    const { table, set } = learned();
    expect(set).toMatchObject({ kind: 'duration', features: LOOK_FEATURES });
    expect([set.rows, set.begun, set.ended, set.outcome]).toEqual([
      ...[table.features, table.begun, table.ended, table.remaining],
    ]);
  });

  it('may be learned from when seen half a year or more before the cut', () => {
    const { table, set, rows } = learned();
    expect(rows.filter((row) => set.isLearnable?.(row))).toEqual(rows.filter((row) => table.begun[row] < looks[4]));
    expect(rows.some((row) => table.begun[row] === looks[4])).toBe(true);
  });

  it('sleep where the order does', () => {
    const { table, set, rows } = learned();
    const later = looks[9] + 70 * DAY;
    const asleep = rows.filter((row) => isAsleep(table, row, later));
    expect(rows.filter((row) => set.isAsleep?.(row, later))).toEqual(asleep);
    expect(asleep.length).toBeGreaterThan(0);
  });

  it('are compared with the medians by phase, with the recent ones and with the ETA', () => {
    const { table, set } = learned();
    expect(set.baselines.map(({ name }) => name)).toEqual([
      ...['phase_median', 'recent_phase_median', 'comparable_orders'],
    ]);
    expect(set.baselines.map(({ answers }) => answers)).toEqual([
      ...[phaseMedians(table, Infinity), phaseMedians(table, 300), table.comparable],
    ]);
  });
});
