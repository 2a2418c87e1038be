import { historyOf, type HistoryOrder } from '@libs/forecast';
import { Draws } from '../draws';
import { rowOf } from '../matrix';
import { LOOK_FEATURES } from './look-features';
import { type LookTable, lookTable } from './looks';
import { phaseMedians } from './phase-medians';
import { looksOf, remainingSet } from './remaining-set';

const DAY = 86_400;
const DORMANT = 180 * DAY;

/** An order through three phases with the days that each takes; what lies after `until` is drawn from another seed. */
function drawn(index: number, created: number, draws: Draws): HistoryOrder {
  const phases = [];
  let at = created;
  for (const type of [1, 2, 3]) {
    const start = at + (1 + draws.below(10)) * DAY;
    const end = start + (1 + draws.below(20)) * DAY;
    phases.push({ type, start, end, isReturn: draws.uniform() < 0.1 });
    at = end;
  }
  return {
    created,
    finished: at + DAY,
    product: 1 + (index % 3),
    productName: `K${1 + (index % 2)} Vanquish M`,
    phases,
  };
}

const COUNT = 400;
const some = (seed: number): HistoryOrder[] =>
  Array.from({ length: COUNT }, (_, index) => drawn(index, index * 2 * DAY, new Draws(seed * 1000 + index)));

const LOOKS = Array.from({ length: 20 }, (_, look) => (400 + look * 14) * DAY + 1);

function rowsOf(table: LookTable): { at: number; order: number; values: number[]; comparable: object }[] {
  return Array.from(table.begun, (at, row) => ({
    at,
    order: table.order[row],
    values: [...rowOf(table.features, row)],
    comparable: table.comparable[row],
  }));
}

describe('looks at orders in process', () => {
  it('know nothing of the future: shuffling all that comes after a moment changes no row before it', () => {
    const orders = some(1);
    const other = some(2);
    const moment = LOOKS[12];
    const isKnown = (time: number | undefined): time is number => time !== undefined && time < moment;
    const shuffled = orders.map((order, index): HistoryOrder => {
      if (!isKnown(order.created)) return { ...other[index], created: order.created };
      const later = new Draws(index).below(300) * DAY + moment;
      return {
        ...order,
        finished: isKnown(order.finished) ? order.finished : later + 400 * DAY,
        phases: order.phases.map(({ start, end, ...phase }) => ({
          ...phase,
          start: isKnown(start) ? start : later,
          end: isKnown(end) ? end : later + DAY,
        })),
      };
    });
    const tables = [orders, shuffled].map((each) => lookTable(each, LOOKS, DORMANT));
    const known = tables.map((table) => rowsOf(table).filter(({ at }) => at <= moment));
    expect(known[0].length).toBeGreaterThan(100);
    expect(known[1]).toEqual(known[0]);
    // What the medians answered then, too: a row of the first looks may have been learned from by then or not.
    const medians = tables.map((table) => phaseMedians(table, Infinity).slice(0, known[0].length));
    expect(medians[1]).toEqual(medians[0]);
    // And what comes after it does change: the test would notice.
    expect(rowsOf(tables[1])).not.toEqual(rowsOf(tables[0]));
  });

  it('see an order as it stood: its age, its phase, what was worked, and what stands beside it', () => {
    const phases = [
      { type: 7, start: 2 * DAY, end: 4 * DAY },
      { type: 8, start: 5 * DAY },
      { type: 9, isAutomatic: true, start: 6 * DAY },
    ];
    const past = Array.from({ length: 30 }, (_, index): HistoryOrder => ({
      created: index * DAY,
      finished: (index + 20) * DAY,
      product: 1,
      productName: 'K1 Vanquish',
      phases: [{ type: 8, start: (index + 1) * DAY }],
    }));
    const orders = [...past, { created: 0, product: 1, productName: 'K1 Vanquish', phases }];
    // On day 40 those created from day 20 on are still in process, nine of them started, with the order itself.
    const table = lookTable(orders, [40 * DAY + 1], DORMANT);
    const row = [...table.order].indexOf(30);
    const named = (name: string) =>
      table.features.values[row * LOOK_FEATURES.length + LOOK_FEATURES.findIndex((f) => f.name === name)];
    expect(named('age')).toBeCloseTo(40, 3);
    expect(named('stay')).toBeCloseTo(34, 3);
    expect(named('in_phase')).toBeCloseTo(35, 3);
    expect(named('waited')).toBe(2);
    expect([named('phase'), named('phases_started'), named('phases_ended'), named('returns')]).toEqual([8, 2, 1, 0]);
    // Finished on day 20 to 40: those created from day 0 to 20. Nine are left, and the order.
    expect([named('standing'), named('standing_phase'), named('standing_family')]).toEqual([10, 10, 10]);
    expect(named('lead_product_365')).toBe(20);
    expect(table.ended[row]).toBeNaN();
  });
});

describe('the medians by phase', () => {
  it('ask the family at a like age, else any family, else any age, else any phase; of what was finished by then', () => {
    // Seen on day 10, finished after 10 days (K1) and 30 days (K2): known on day 100, not on day 15.
    const past = [
      ...Array.from({ length: 20 }, () => ({ family: 'K1', phase: 1, created: 5, seen: 10, finished: 20 })),
      ...Array.from({ length: 20 }, () => ({ family: 'K2', phase: 1, created: 5, seen: 10, finished: 40 })),
    ];
    const asked = [
      { family: 'K1', phase: 1, created: 10, seen: 15 },
      // At an age of 5 days in phase 1: of K1 10 days, of K3, which is new, 10 or 30.
      { family: 'K1', phase: 1, created: 95, seen: 100 },
      { family: 'K3', phase: 1, created: 95, seen: 100 },
      // Nobody was 60 days old in phase 1, nobody stood in phase 2.
      { family: 'K1', phase: 1, created: 40, seen: 100 },
      { family: 'K1', phase: 2, created: 95, seen: 100 },
    ];
    const rows: { family: string; phase: number; created: number; seen: number; finished?: number }[] = [
      ...past,
      ...asked,
    ];
    const history = historyOf(
      rows.map(({ family, created }) => ({ created: created * DAY, productName: `${family} Vanquish`, phases: [] })),
    );
    const ended = Float64Array.from(rows, ({ finished = NaN }) => finished * DAY);
    const begun = Float64Array.from(rows, ({ seen }) => seen * DAY);
    const answers = phaseMedians(
      {
        ...{ history, begun, ended, dormantSeconds: DORMANT, comparable: [] },
        features: { rows: 0, columns: 0, values: new Float64Array() },
        order: Int32Array.from(rows.keys()),
        phase: Int32Array.from(rows, ({ phase }) => phase),
        remaining: ended.map((finish, row) => (finish - begun[row]) / DAY),
      },
      Infinity,
    );
    // 20 times 10 and 20 times 30: the median of all lies between.
    expect(answers.slice(-5).map((answer) => answer?.p50)).toEqual([undefined, 10, 20, 20, 20]);
  });
});

describe('what is learned from', () => {
  it('are looks two weeks apart, half a year or more before the cut, or what was finished after it', () => {
    const cuts = { trainBefore: 2000 * DAY, testFrom: 2180 * DAY };
    const looks = looksOf(cuts, 2400 * DAY);
    expect(looks).toContain(2180 * DAY);
    expect(new Set(looks.slice(1).map((look, index) => look - looks[index]))).toEqual(new Set([14 * DAY]));
    // 78 looks before day 2000 - 182.
    expect(looks[0]).toBeGreaterThanOrEqual((2000 - 182 - 78 * 14) * DAY);
    const table = lookTable(some(1), LOOKS, DORMANT);
    const set = remainingSet(table, 600 * DAY);
    const learnable = Array.from(table.begun.keys()).filter((row) => set.isLearnable?.(row));
    expect(learnable.length).toBeGreaterThan(0);
    expect(Math.max(...learnable.map((row) => table.begun[row]))).toBeLessThan((600 - 182) * DAY);
  });
});
