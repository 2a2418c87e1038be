import { Factory } from './factory';
import { civilDate, MINUTES_PER_DAY, weekday } from './factory-calendar';
import { NONE, type OrderHistory } from './order-history';
import { AR, EM_USO, EN, RESTING_PLACES, type RouteType } from './phase-types';
import { DEFAULT_FAULTS, resolveOptions, type FaultRates, type SampleOptions } from './sample-options';

const factoryOf = (options: SampleOptions): Factory => new Factory(resolveOptions(options));
const isAfterFinish = ({ role }: RouteType): boolean => role === 'stored' || role === 'packed' || role === 'delivered';
const steps = ({ count }: OrderHistory): number[] => Array.from({ length: count }, (_, step) => step);

describe('Factory', () => {
  const factory = factoryOf({ scale: 0.03, seed: 12, faults: { ordersMissingKey: 0.02, finishedBeforeCreated: 0.02 } });
  const { endMinute } = factory.options;

  /** Every order as it is while it is visited. */
  function each(test: (history: OrderHistory) => void, of = factory): void {
    for (const { history } of of.visit()) test(history);
  }

  it('gives the phases ids that ascend from order to order, and beside each one that no phase has', () => {
    const ids: number[] = [];
    const absent: number[] = [];
    let before = 0;
    for (const { history, phaseIds, absentIds, byId, phasesBefore } of factory.visit()) {
      expect(phasesBefore).toBe(before);
      before += history.count;
      const order = [...byId.subarray(0, history.count)];
      expect([...order].sort((a, b) => a - b)).toEqual(steps(history));
      ids.push(...order.map((step) => phaseIds[step]));
      absent.push(...order.map((step) => absentIds[step]));
    }
    expect(before).toBe(factory.totals.phases);
    expect(before).toBe(Math.round(519_079 * 0.03));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set([...ids, ...absent]).size).toBe(2 * before);
    expect(ids.every((id, index) => Math.abs(id - absent[index]) === 1)).toBe(true);
    expect(factory.nextPhaseId).toBeGreaterThan(Math.max(...ids, ...absent));
    // Either may be the lower, and the work is not in the order of the ids.
    const lower = ids.filter((id, index) => id < absent[index]).length;
    expect(Math.abs(lower / before - 0.5)).toBeLessThan(0.05);
  });

  it('makes each order anew in every pass, the same each time', () => {
    const picture = (): string[] =>
      Array.from(factory.visit(), ({ history: { id, created, finish, due, start, end, count } }) =>
        JSON.stringify([id, created, finish, due, [...start.subarray(0, count)], [...end.subarray(0, count)]]),
      );
    expect(picture()).toEqual(picture());
  });

  it('creates orders one after another, in working hours or on a day without a time, the last at the last event', () => {
    const created: number[] = [];
    const ids: number[] = [];
    each((history) => {
      created.push(Math.floor(history.created / MINUTES_PER_DAY));
      ids.push(history.id);
      const time = history.created % MINUTES_PER_DAY;
      if (history.index < factory.book.count - 1 && time !== 0) {
        expect(time).toBeGreaterThanOrEqual(480);
        expect(time).toBeLessThan(1020);
      }
      if (history.index === factory.book.count - 1) expect(history.created).toBe(endMinute);
      expect(history.created).toBeLessThanOrEqual(endMinute);
    });
    expect(created).toEqual([...created].sort((a, b) => a - b));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(civilDate(created[0])).toMatchObject({ year: 2020, month: 1 });
  });

  it('follows the route from its first step, and does steps again after they were done, before the boat is stored', () => {
    each((history) => {
      const { route } = history.product;
      const first = steps(history).filter((step) => history.again[step] === 0);
      expect(first.map((step) => history.types[step])).toEqual(route.slice(0, history.count));
      expect(first.map((step) => history.sequence[step])).toEqual(first.map((_, place) => place + 1));
      for (const step of steps(history).filter((one) => history.again[one] === 1)) {
        const place = first.find((one) => history.sequence[one] === history.sequence[step])!;
        expect(history.types[step]).toBe(history.types[place]);
        expect(step).toBeGreaterThan(place);
        // Nothing of it but the next step on the route lies between, unless the boat is stored by that.
        const between = first.filter((one) => one > place && one < step);
        const isLate = between.length > 1 || between.some((one) => isAfterFinish(history.types[one]));
        expect([isLate, history.types[step].rework > 0]).toEqual([false, true]);
      }
    });
  });

  it('works on a finished order from its creation to its finish, step after step, and stores and delivers it then', () => {
    let delivered = 0;
    let finished = 0;
    each((history) => {
      if (history.state.fate !== 'finished') return;
      finished++;
      const { created, finish, start, end } = history;
      expect(finish).toBeGreaterThanOrEqual(created);
      expect(finish).toBeLessThanOrEqual(endMinute);
      let last = created;
      /** What is wrong with a step, if anything: one expectation for each would take seconds. */
      const wrong = (step: number): string | undefined => {
        if (isAfterFinish(history.types[step])) {
          // All of it is recorded, or nothing.
          const isRecorded = history.currentType !== AR.id;
          if ((start[step] !== NONE) !== isRecorded || (end[step] !== NONE) !== isRecorded) return 'recorded in part';
          if (!isRecorded) return undefined;
          if (start[step] < finish || end[step] > endMinute) return 'stored too early or too late';
        } else if (end[step] > finish) return 'ended after the finish';
        if (start[step] < last) return 'begun before the step before it';
        last = start[step];
        return end[step] < start[step] ? 'ended before it was begun' : undefined;
      };
      expect(
        steps(history)
          .map(wrong)
          .filter((one) => one !== undefined),
      ).toEqual([]);
      expect([AR.id, EN.id, EM_USO]).toContain(history.currentType);
      if (history.currentType !== AR.id) delivered++;
    });
    expect(delivered / finished).toBeGreaterThan(0.9);
    expect(delivered).toBeLessThan(finished);
  });

  it('leaves an unfinished order where it was begun to: as many phases open as the real ones have', () => {
    const open: Record<string, number> = { active: 0, dormant: 0, atRest: 0 };
    const second: Record<string, number> = { active: 0, dormant: 0, atRest: 0 };
    each((history) => {
      const { fate } = history.state;
      if (fate === 'finished') return;
      const { start, end, created, finish } = history;
      expect(finish).toBe(NONE);
      const begun = steps(history).filter((step) => start[step] !== NONE);
      // The first ones, and none after the open ones.
      expect(begun).toEqual(begun.map((_, place) => place));
      const openOnes = begun.filter((step) => end[step] === NONE);
      expect(openOnes).toEqual(begun.slice(begun.length - openOnes.length));
      for (const step of steps(history)) if (start[step] === NONE) expect(end[step]).toBe(NONE);
      open[fate] += openOnes.length;
      if (openOnes.length === 2) second[fate]++;
      const events = begun.flatMap((step) => [start[step], end[step]]).filter((minute) => minute !== NONE);
      const last = Math.max(created, ...events);
      for (const minute of events) expect(minute).toBeGreaterThanOrEqual(created);
      expect(last).toBeLessThanOrEqual(endMinute);
      // What is forgotten has had no event for 180 days, what is being made has.
      if (fate === 'dormant') expect(last).toBeLessThan(endMinute - 180 * MINUTES_PER_DAY);
      if (fate === 'active') expect(last).toBeGreaterThanOrEqual(endMinute - 180 * MINUTES_PER_DAY);
      if (fate === 'atRest') expect(RESTING_PLACES.map(({ id }) => id)).toContain(history.currentType);
      else {
        expect(history.currentType).toBe(history.types[Math.max(0, begun.length - 1)].id);
        expect(begun.every((step) => !isAfterFinish(history.types[step]))).toBe(true);
      }
    });
    // 821 orders: 21 active, 6 dormant, 7 at rest, of which 698/708, 191/207 and 26/241 of a phase are open; 26 of 698 are second ones.
    expect(open).toEqual({ active: 21, dormant: 6, atRest: 1 });
    expect(second).toEqual({ active: 1, dormant: 0, atRest: 0 });
  });

  it('promises every order for a Friday, a finished one near its finish and an open one after its creation', () => {
    each((history) => {
      const day = history.due / MINUTES_PER_DAY;
      expect(weekday(day)).toBe(5);
      if (history.state.fate === 'finished') return;
      // At least 3 and at most 300 days after the creation, and then up to the Friday.
      const after = day - Math.floor(history.created / MINUTES_PER_DAY);
      expect(after).toBeGreaterThanOrEqual(3);
      expect(after).toBeLessThanOrEqual(306);
    });
  });

  it('finishes four in five orders by the day they are due', () => {
    let onTime = 0;
    let finished = 0;
    each((history) => {
      if (history.state.fate !== 'finished') return;
      finished++;
      if (Math.floor(history.finish / MINUTES_PER_DAY) <= history.due / MINUTES_PER_DAY) onTime++;
    });
    // 14 to 15 of 20 spans of the table are not late, and a late one may be due on the very Friday: 79 of 100 in the real workbook.
    expect(Math.abs(onTime / finished - 0.79)).toBeLessThan(0.06);
  });

  it('finds all errors of known orders, of orders that were inspected, never more than can differ', () => {
    const errors = Math.round(89_836 * 0.03);
    const ofUnknown = Math.round(errors * (9 / 89_836));
    expect(factory.errorsOfUnknownOrders).toBe(ofUnknown);
    expect(factory.errorCounts.reduce((sum, count) => sum + count, 0)).toBe(errors - ofUnknown);
    each((history) => {
      const count = factory.errorCounts[history.index];
      expect(count).toBeLessThanOrEqual(45);
      // The demoulding (7) and the final control (23).
      const inspected = steps(history).some(
        (step) => history.start[step] !== NONE && [7, 23].includes(history.types[step].id),
      );
      if (!inspected) expect(count).toBe(0);
    });
  });

  it.each([1, 2, 3])('takes as many old orders for faults as there are, and not one more (seed %d)', (seed) => {
    // 274 orders.
    const none = Object.fromEntries(Object.keys(DEFAULT_FAULTS).map((name) => [name, 0]));
    const asked = (faults: Partial<FaultRates>): Factory =>
      factoryOf({ scale: 0.01, seed, faults: { ...none, ...faults } });
    const { book } = asked({});
    expect(book.count).toBe(274);
    // Old enough: created 200 days before the end, and beyond the newest 4.3 times as many as are active (7).
    const oldest = Math.floor(endMinute / MINUTES_PER_DAY) - 200;
    const old = Array.from({ length: 274 }, (_, index) => index).filter(
      (index) => index < 274 - 30 && Math.floor(book.createdAt(index) / MINUTES_PER_DAY) <= oldest,
    ).length;
    for (const fault of ['dormantOrders', 'missingFinish', 'finishedBeforeCreated', 'ordersMissingKey']) {
      const found = asked({ [fault]: old / 274 }).book;
      expect(found.dormant + found.atRest + found.finishedBeforeCreated + found.missingKeys).toBe(old);
      expect(() => asked({ [fault]: (old + 1) / 274 })).toThrow(
        expect.objectContaining({ name: 'SampleError', code: 'SAMPLE_FAULTS_EXCEED' }),
      );
    }
    const shared = { dormantOrders: 10 / 274, missingFinish: 20 / 274, finishedBeforeCreated: 30 / 274 };
    const mixed = asked({ ...shared, ordersMissingKey: 40 / 274 }).book;
    const fates = Array.from({ length: 274 }, (_, index) => mixed.fateOf(index));
    const count = (test: (fate: (typeof fates)[number]) => boolean): number => fates.filter(test).length;
    expect(count(({ fate }) => fate === 'dormant')).toBe(10);
    expect(count(({ fate }) => fate === 'atRest')).toBe(20);
    expect(count((one) => one.finishedBeforeCreated)).toBe(30);
    expect(count((one) => one.missingKey)).toBe(40);
    expect(count((one) => one.missingKey && (one.finishedBeforeCreated || one.fate !== 'finished'))).toBe(0);
    // 274 · 708 / 27,380 = 7.1
    const active = fates.filter(({ fate }) => fate === 'active');
    expect(active.map(({ ordinal }) => ordinal).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
