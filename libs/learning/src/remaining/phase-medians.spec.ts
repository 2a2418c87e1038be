import { mixedOrders } from '../testing/slow-looks';
import { isSame, slowQuantile } from '../testing/slow-past';
import { lookTable } from './looks';
import { phaseMedians } from './phase-medians';

const DAY = 86_400;
const DORMANT = 180 * DAY;
const LOOKS = Array.from({ length: 14 }, (_, look) => (20_030 + 14 * look) * DAY);
const table = lookTable(mixedOrders(2, 400, 2), LOOKS, DORMANT);
const rows = [...table.begun.keys()];

/** Ages by doubling: to 1 day, to 3, to 7, to 15 … */
function ageOf(row: number): number {
  const days = (table.begun[row] - table.history.created[table.order[row]]) / DAY;
  let doubled = 0;
  while (2 ** (doubled + 1) - 1 <= days) doubled++;
  return doubled;
}
const familyOf = (row: number) => table.history.family[table.order[row]];

/** What is to be answered for a row, and which of the four groups it comes from. */
function slowAnswer(asked: number, latest: number) {
  const known = rows
    .filter((row) => table.ended[row] < table.begun[asked])
    .sort((one, other) => table.ended[one] - table.ended[other] || one - other);
  const ofPhase = known.filter((row) => table.phase[row] === table.phase[asked]);
  const ofAge = ofPhase.filter((row) => ageOf(row) === ageOf(asked));
  const ofFamily = ofAge.filter((row) => familyOf(asked) >= 0 && familyOf(row) === familyOf(asked));
  const groups = [ofFamily, ofAge, ofPhase, known];
  const enough = groups.findIndex(({ length }) => length >= 20);
  const level = enough < 0 ? 3 : enough;
  const days = groups[level].slice(-latest).map((row) => table.remaining[row]);
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((share) => slowQuantile(days, share));
  return { level, answer: days.length === 0 ? undefined : { p10, p50, p90 } };
}

it.each([Infinity, 300, 5])('come from the nearest of four groups with twenty cases, of their latest %d', (latest) => {
  const answers = phaseMedians(table, latest);
  const wrong = rows.filter((row) => {
    const { answer } = slowAnswer(row, latest);
    const found = answers[row];
    if (answer === undefined || found === undefined) return answer !== found;
    return !(isSame(found.p10, answer.p10) && isSame(found.p50, answer.p50) && isSame(found.p90, answer.p90));
  });
  expect(wrong).toEqual([]);
});

it('come from each of the groups here', () => {
  const levels = new Set(rows.map((row) => slowAnswer(row, Infinity)).map(({ level, answer }) => answer && level));
  expect(levels).toEqual(new Set([undefined, 0, 1, 2, 3]));
});
