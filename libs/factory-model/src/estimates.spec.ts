import { familyOf, historyOf, type HistoryOrder } from '@libs/forecast';
import fc from 'fast-check';
import { ExecutionCases } from './estimates';
import { WorkClock } from './week-calendar';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MOMENT = 19_723 * DAY;
/** Monday to Friday from 8 to 17. */
const CLOCK = new WorkClock(
  Array.from({ length: 168 }, (_, hour) => Number(hour < 120 && hour % 24 >= 8 && hour % 24 < 17)),
);
/** Type 3 cures: its length is what has passed. */
const isFree = (type: number): boolean => type === 3;

/** percentile_cont, by its definition. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (place - Math.floor(place)) * (above - below);
}
const deciles = (values: readonly number[]): number[] =>
  Array.from({ length: 10 }, (_, place) => Math.round(quantile(values, 0.05 + place / 10)));

interface Case {
  order: HistoryOrder;
  type: number;
  length: number;
  wait: number;
}

/** What a year before the moment shows, phase by phase in the order of the route. */
function seen(orders: readonly HistoryOrder[]) {
  const since = MOMENT - 365 * DAY;
  const cases: Case[] = [];
  const ends: { type: number; isAfter: boolean }[] = [];
  const finishWaits: number[] = [];
  const leads: { order: HistoryOrder; lead: number }[] = [];
  for (const order of orders) {
    const { created, finished = NaN, phases } = order;
    const recorded = phases.filter(({ start, end = NaN }) => start !== undefined && end < MOMENT);
    recorded.forEach(({ type, start = NaN, end = NaN, isReturn }, place) => {
      if (end < since) return;
      if (finished < MOMENT) ends.push({ type, isAfter: start >= finished || end > finished });
      if (isReturn === true) return;
      const before = recorded.slice(0, place).map((phase) => phase.end ?? NaN);
      const length = end === start ? 0 : isFree(type) ? end - start : CLOCK.between(start, end);
      cases.push({
        ...{ order, type },
        // Worked outside the calendar alone: nothing is known of its length.
        length: end === start || length > 0 ? length : NaN,
        wait: before.length === 0 ? NaN : Math.max(0, CLOCK.between(Math.max(...before), start)),
      });
    });
    if (!(finished < MOMENT && finished >= since && finished >= created)) continue;
    const inside = recorded.map(({ end = NaN }, place) => ({ end, place })).filter(({ end }) => end <= finished);
    // What had ended by the last phase that ended before the finish.
    const last = inside.at(-1);
    if (last !== undefined) {
      const by = Math.max(...recorded.slice(0, last.place + 1).map(({ end = NaN }) => end));
      finishWaits.push(Math.max(0, CLOCK.between(by, finished)));
    }
    leads.push({ order, lead: CLOCK.between(created, finished) });
  }
  return { cases, ends, finishWaits, leads };
}

const family = ({ productName }: HistoryOrder): string | undefined =>
  productName === undefined ? undefined : familyOf(productName)?.family;

describe('what executions say', () => {
  const time = (from: number, until: number) =>
    fc.integer({ min: from, max: until }).map((hour) => MOMENT - hour * HOUR);
  const order = fc
    .record({ hoursBefore: fc.integer({ min: 1, max: 500 * 24 }), works: fc.integer({ min: 0, max: 900 }) })
    .chain(({ hoursBefore, works }) =>
      fc.record<HistoryOrder>({
        created: fc.constant(MOMENT - hoursBefore * HOUR),
        finished: fc.option(fc.constant(MOMENT - (hoursBefore - works) * HOUR), { nil: undefined }),
        product: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
        productName: fc.option(fc.constantFrom('K1 Vento L', 'K1 Vento M', 'C2 Onda'), { nil: undefined }),
        phases: fc.array(
          fc.record({
            type: fc.integer({ min: 1, max: 3 }),
            start: fc.option(time(hoursBefore - works, hoursBefore), { nil: undefined, freq: 5 }),
            end: fc.option(time(hoursBefore - works - 10, hoursBefore), { nil: undefined, freq: 5 }),
            isReturn: fc.boolean(),
          }),
          { maxLength: 4 },
        ),
      }),
    );

  it('is of the narrowest group with 20 cases, of the year before, in working time where it is worked', () => {
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 90 }), (some) => {
        const history = historyOf(some);
        const found = new ExecutionCases(history, MOMENT, CLOCK, isFree);
        const { cases, ends, finishWaits, leads } = seen(some);
        expect(found.finishWait()).toBe(finishWaits.length === 0 ? 0 : Math.round(quantile(finishWaits, 0.5)));
        for (const type of [1, 2, 3]) {
          const ofType = ends.filter((each) => each.type === type);
          expect(found.isAfterFinish(type)).toBe(ofType.filter(({ isAfter }) => isAfter).length * 2 > ofType.length);
        }
        // Orders of one product and family are told the same.
        const kinds = new Map(some.map((one, index) => [`${one.product}/${one.productName}`, { one, index }]));
        kinds.forEach(({ one, index }) => {
          const alike = {
            PRODUCT: (other: HistoryOrder) => one.product !== undefined && other.product === one.product,
            FAMILY: (other: HistoryOrder) => family(one) !== undefined && family(other) === family(one),
            PHASE: () => true,
          };
          const [product, code] = [history.product[index], history.family[index]];
          const groupOfLeads = ([alike.PRODUCT, alike.FAMILY] as const)
            .map((isAlike) => leads.filter((each) => isAlike(each.order)))
            .find(({ length }) => length >= 20);
          const all = (groupOfLeads ?? leads).map(({ lead }) => lead);
          expect(found.leadTimes(product, code)).toEqual(all.length === 0 ? [] : deciles(all));
          for (const type of [1, 2, 3]) {
            const groups = (['PRODUCT', 'FAMILY', 'PHASE'] as const).map((level) => {
              const group = cases.filter((each) => each.type === type && alike[level](each.order));
              return { level, group, counted: group.filter(({ length }) => !Number.isNaN(length)) };
            });
            const chosen = groups.find(({ level, counted }) => counted.length >= (level === 'PHASE' ? 1 : 20));
            const lengths = (chosen?.counted ?? []).map(({ length }) => length).filter((length) => length > 0);
            const markers = (chosen?.counted.length ?? 0) - lengths.length;
            const waits = (chosen?.group ?? []).map(({ wait }) => wait).filter((wait) => !Number.isNaN(wait));
            const isMarker = markers > lengths.length || lengths.length === 0;
            expect(found.estimate(product, code, type)).toEqual({
              level: chosen?.level ?? 'NONE',
              cases: lengths.length,
              markerShare: chosen === undefined ? 0 : Math.round((markers / (lengths.length + markers)) * 1e6) / 1e6,
              median: isMarker ? 0 : Math.round(quantile(lengths, 0.5)),
              deciles: isMarker ? [] : deciles(lengths),
              wait: waits.length === 0 ? 0 : Math.round(quantile(waits, 0.5)),
            });
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('the bounds of what executions say', () => {
  const always = new WorkClock(new Array<number>(168).fill(1));
  const since = MOMENT - 365 * DAY;
  const END = MOMENT - 30 * DAY;
  const casesOf = (orders: readonly HistoryOrder[]) =>
    new ExecutionCases(historyOf(orders), MOMENT, always, () => false);
  /** An order with one phase, which ended then. */
  const cut = (end: number, length = HOUR, more: Partial<HistoryOrder> = {}): HistoryOrder => ({
    ...{ created: end - DAY, product: 1, phases: [{ type: 1, start: end - length, end }] },
    ...more,
  });
  const times = (count: number, order: HistoryOrder): HistoryOrder[] => new Array<HistoryOrder>(count).fill(order);

  it('are the first second of the year before the moment, and the last', () => {
    const cases = (end: number): number => casesOf([cut(end)]).estimate(-1, -1, 1).cases;
    expect([since - 1, since, MOMENT - 1, MOMENT].map(cases)).toEqual([0, 1, 1, 0]);
  });

  it('are 20 cases of a product, or of a family, markers among them', () => {
    const other = cut(END, 3 * HOUR, { product: 2, productName: 'C2 Onda' });
    const byProduct = (count: number, length = HOUR) =>
      casesOf([...times(count, cut(END, length)), other]).estimate(0, -1, 1).level;
    expect([byProduct(19), byProduct(20), byProduct(20, 0)]).toEqual(['PHASE', 'PRODUCT', 'PRODUCT']);
    const alike = cut(END, HOUR, { product: undefined, productName: 'K1 Vento L' });
    const byFamily = (count: number) => casesOf([...times(count, alike), other]).estimate(-1, 0, 1).level;
    expect([byFamily(19), byFamily(20)]).toEqual(['PHASE', 'FAMILY']);
    // What is not known makes no group, however many there are of it.
    const unknown = times(20, cut(END, HOUR, { product: undefined }));
    expect(casesOf([...unknown, other]).estimate(-1, -1, 1)).toMatchObject({ level: 'PHASE', cases: 21 });
  });

  it('are half of the executions without a length: more make it a marker', () => {
    const estimate = (markers: number) => casesOf([...times(markers, cut(END, 0)), cut(END)]).estimate(-1, -1, 1);
    expect(estimate(1)).toMatchObject({ markerShare: 0.5, median: HOUR, deciles: new Array(10).fill(HOUR) });
    expect(estimate(2)).toMatchObject({ markerShare: 0.666667, median: 0, deciles: [], cases: 1 });
  });

  it('are half of the executions that end after the finish: with more it is no part of making', () => {
    const isAfter = (...orders: HistoryOrder[]): boolean => casesOf(orders).isAfterFinish(1);
    const [before, after] = [END, END - 1].map((finished) => cut(END, HOUR, { finished }));
    expect([isAfter(before), isAfter(after)]).toEqual([false, true]);
    expect([isAfter(before, after), isAfter(before, after, after)]).toEqual([false, true]);
    // What begins with the finish comes after it.
    expect(isAfter(cut(END, 0, { finished: END }))).toBe(true);
    // What was finished only later, or ended before the year, says nothing.
    expect(isAfter(cut(END), after)).toBe(true);
    expect([isAfter(), isAfter(cut(since - 1, HOUR, { finished: since - 2 }))]).toEqual([false, false]);
    expect(isAfter(cut(since, HOUR, { finished: since - 1 }))).toBe(true);
  });

  it('are orders finished in that year, not before they were created; 20 of a product, or of a family', () => {
    const leads = (created: number, finished: number): number[] =>
      casesOf([{ created, finished, phases: [] }]).leadTimes(-1, -1);
    const ten = (value: number): number[] => new Array<number>(10).fill(value);
    expect([leads(since - HOUR, since), leads(since - HOUR, since - 1)]).toEqual([ten(HOUR), []]);
    expect([leads(MOMENT - HOUR, MOMENT - 1), leads(MOMENT - HOUR, MOMENT)]).toEqual([ten(HOUR - 1), []]);
    expect([leads(END, END), leads(END, END - 1)]).toEqual([ten(0), []]);
    const own = { created: END - HOUR, finished: END, product: 1, productName: 'K1 Vento L', phases: [] };
    // As many of another product and family that take three hours.
    const other = { ...own, product: 2, productName: 'C2 Onda', finished: END + 2 * HOUR };
    const of = (count: number) => casesOf([...times(count, own), ...times(count, other)]);
    const ofProduct = (count: number): number[] => of(count).leadTimes(0, -1);
    const ofFamily = (count: number): number[] => of(count).leadTimes(-1, 0);
    expect(ofProduct(20)).toEqual(ten(HOUR));
    expect(ofFamily(20)).toEqual(ten(HOUR));
    const both = [...ten(HOUR).slice(5), ...ten(3 * HOUR).slice(5)];
    expect([ofProduct(19), ofFamily(19)]).toEqual([both, both]);
    // What is not known makes no group here either.
    const unknown = times(20, { ...own, product: undefined, productName: undefined });
    expect(casesOf([...unknown, ...times(20, other)]).leadTimes(-1, -1)).toEqual(both);
  });
});
