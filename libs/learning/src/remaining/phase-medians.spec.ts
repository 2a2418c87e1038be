import { mixedOrders } from '../testing/slow-looks';
import { isSame, slowQuantile } from '../testing/slow-past';
import { type LookTable, lookTable } from './looks';
import { phaseMedians } from './phase-medians';

const DAY = 86_400;
const DORMANT = 180 * DAY;
const LOOKS = Array.from({ length: 10 }, (_, look) => (20_030 + 14 * look) * DAY);
const orders = mixedOrders(2, 300, 2);

/** The remaining times that are known for a row: of its family and age, of its age, of its phase, of all; in order of the finishes. */
function slowGroups(table: LookTable, asked: number): number[][] {
  // Ages by doubling: to 1 day, to 3, to 7, to 15 …
  const ageOf = (row: number): number => {
    const days = (table.begun[row] - table.history.created[table.order[row]]) / DAY;
    let doubled = 0;
    while (2 ** (doubled + 1) - 1 <= days) doubled++;
    return doubled;
  };
  const familyOf = (row: number) => table.history.family[table.order[row]];
  const known = [...table.begun.keys()]
    .filter((row) => table.ended[row] < table.begun[asked])
    .sort((one, other) => table.ended[one] - table.ended[other] || one - other);
  const ofPhase = known.filter((row) => table.phase[row] === table.phase[asked]);
  const ofAge = ofPhase.filter((row) => ageOf(row) === ageOf(asked));
  const ofFamily = ofAge.filter((row) => familyOf(asked) >= 0 && familyOf(row) === familyOf(asked));
  return [ofFamily, ofAge, ofPhase, known].map((rows) => rows.map((row) => table.remaining[row]));
}

it('come from the nearest of four groups with twenty cases, of the latest of them', () => {
  const table = lookTable(orders, LOOKS, DORMANT);
  const rows = [...table.begun.keys()];
  const groups = rows.map((row) => slowGroups(table, row));
  const levels = groups.map((each) => each.findIndex(({ length }) => length >= 20));
  for (const latest of [Infinity, 300, 5]) {
    const answers = phaseMedians(table, latest);
    const wrong = rows.filter((row) => {
      // With fewer cases in all, all of them count.
      const days = groups[row][levels[row] < 0 ? 3 : levels[row]].slice(-latest);
      const { p10, p50, p90 } = answers[row] ?? { p10: NaN, p50: NaN, p90: NaN };
      const isRight = [p10, p50, p90].every((found, index) =>
        isSame(found, slowQuantile(days, [0.1, 0.5, 0.9][index])),
      );
      return !isRight || (days.length === 0) !== (answers[row] === undefined);
    });
    expect(wrong).toEqual([]);
  }
  // Each of the groups answers here, and none where nothing is finished.
  expect(new Set(levels)).toEqual(new Set([-1, 0, 1, 2, 3]));
  expect(groups.filter(([, , , all]) => all.length === 0).length).toBeGreaterThan(0);
});
