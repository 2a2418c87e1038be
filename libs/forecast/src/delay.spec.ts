import fc from 'fast-check';
import { splitDelay } from './delay';
import { historyOf, type HistoryOrder, positionAt } from './history';
import { BEFORE_START, type Usual, usualTimes } from './usual-times';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Finished as usual: work starts 2 days after the creation, phase 1 takes 4 h, phase 2 ends 20 h later after 8 h. */
const usually = (created: number): HistoryOrder => ({
  created: created * DAY,
  finished: (created + 4) * DAY,
  product: 1,
  phases: [
    { type: 1, start: (created + 2) * DAY, end: (created + 2) * DAY + 4 * HOUR },
    { type: 2, start: (created + 2) * DAY + 16 * HOUR, end: (created + 3) * DAY },
  ],
});
const past = Array.from({ length: 21 }, (_, day) => usually(day));

describe('the split of a delay', () => {
  it('counts what exceeds the usual, and leaves the rest to the rest', () => {
    const late: HistoryOrder = {
      created: 100 * DAY,
      product: 1,
      phases: [
        // Starts after 5 days instead of 2: 72 h late. Takes 10 h instead of 4: 6 h slow.
        { type: 1, start: 105 * DAY, end: 105 * DAY + 10 * HOUR },
        // A return of 3 h.
        { type: 1, start: 105 * DAY + 10 * HOUR, end: 105 * DAY + 13 * HOUR, isReturn: true },
        { type: 2 },
      ],
    };
    const history = historyOf([...past, late]);
    const now = 107 * DAY;
    const position = positionAt(history, past.length, now, 180 * DAY);
    if (position === undefined) throw new Error('the order is active');
    const split = splitDelay(history, past.length, position, now, 200 * HOUR, usualTimes(history, now));
    // Since its last end, 105 d 13 h, 35 h have gone; phase 2 usually ends 20 h after the phase before: 15 h of waiting.
    expect(split).toEqual({
      total: 200 * HOUR,
      lateStart: 72 * HOUR,
      waiting: 15 * HOUR,
      waitingPhase: 2,
      rework: 3 * HOUR,
      slowPhase: 6 * HOUR,
      slowPhaseType: 1,
      // 200 - 72 - 15 - 3 - 6
      rest: 104 * HOUR,
    });
  });

  it('is of the phases of the order alone, whatever order follows', () => {
    // Started and ended as usual; the one that follows was begun long before, came back for 50 h, and has not ended.
    const asked: HistoryOrder = {
      created: 100 * DAY,
      product: 1,
      phases: [{ type: 1, start: 102 * DAY, end: 102 * DAY + 4 * HOUR }],
    };
    const other: HistoryOrder = {
      created: 20 * DAY,
      product: 1,
      phases: [{ type: 2, start: 101 * DAY, end: 101 * DAY + 50 * HOUR, isReturn: true }, { type: 2 }],
    };
    const history = historyOf([...past, asked, other]);
    const now = 104 * DAY;
    const position = positionAt(history, past.length, now, 180 * DAY);
    if (position === undefined) throw new Error('the order is active');
    const split = splitDelay(history, past.length, position, now, DAY, usualTimes(history, now));
    expect(split).toEqual({ total: DAY, lateStart: 0, waiting: 0, rework: 0, slowPhase: 0, rest: DAY });
  });

  it('does not count a start at the moment itself', () => {
    // Phase 1 was recorded with an end alone, 5 days after the creation; phase 2 starts now.
    const phases = [
      { type: 1, end: 105 * DAY },
      { type: 2, start: 107 * DAY },
    ];
    const history = historyOf([...past, { created: 100 * DAY, product: 1, phases }]);
    const now = 107 * DAY;
    const position = positionAt(history, past.length, now, 180 * DAY);
    if (position === undefined) throw new Error('the order is active');
    const split = splitDelay(history, past.length, position, now, DAY, usualTimes(history, now));
    // Work had begun by day 105, 5 days after the creation instead of 2.
    expect(split).toMatchObject({ lateStart: 3 * DAY, waiting: 0 });
  });

  it('counts an order that has not started as late since its usual start', () => {
    const history = historyOf([...past, { created: 100 * DAY, product: 1, phases: [{ type: 1 }] }]);
    const now = 110 * DAY;
    const position = positionAt(history, past.length, now, 180 * DAY);
    if (position === undefined) throw new Error('the order is active');
    const split = splitDelay(history, past.length, position, now, DAY, usualTimes(history, now));
    // 10 days without a start, usually 2: 8 late. The due day swallows 7 of them.
    expect(split).toMatchObject({ lateStart: 8 * DAY, waiting: 0, rework: 0, slowPhase: 0, rest: -7 * DAY });
  });

  it('is what the definitions say, of any order (docs/eta.md)', () => {
    // Usual: work starts 30 h after the creation; type 1 takes 10 h, type 2 takes 20 h, of type 3 nothing is known.
    const hoursOf: Record<string, Record<number, number>> = {
      executions: { 1: 10, 2: 20 },
      steps: { [BEFORE_START]: 30, 1: 15, 2: 5 },
    };
    const usualOf = (table: string) => ({
      usual: (_order: number, type: number) => (type in hoursOf[table] ? hoursOf[table][type] * HOUR : undefined),
    });
    const usual = { executions: usualOf('executions'), steps: usualOf('steps') } as unknown as Usual;
    const time = fc.option(fc.integer({ min: 0, max: 12 * 24 }), { nil: undefined, freq: 3 });
    const phases = fc.array(
      fc.record({
        type: fc.integer({ min: 1, max: 3 }),
        start: time,
        end: time,
        isReturn: fc.boolean(),
        isAutomatic: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    const now = 10 * 24;
    fc.assert(
      fc.property(phases, fc.integer({ min: -500, max: 500 }), (some, total) => {
        const inSeconds = (hours: number | undefined) => (hours === undefined ? undefined : hours * HOUR);
        const order: HistoryOrder = {
          created: 0,
          phases: some.map(({ start, end, ...rest }) => ({ ...rest, start: inSeconds(start), end: inSeconds(end) })),
        };
        const history = historyOf([order]);
        const position = positionAt(history, 0, now * HOUR, 180 * DAY);
        if (position === undefined) throw new Error('the order is active');
        const split = splitDelay(history, 0, position, now * HOUR, total * HOUR, usual);

        const before = (hours: number | undefined): hours is number => hours !== undefined && hours < now;
        const starts = some
          .filter(({ isAutomatic }) => !isAutomatic)
          .map(({ start }) => start)
          .filter(before);
        const ended = some
          .filter(({ end }) => before(end))
          .map((phase) => ({ ...phase, hours: (phase.end ?? NaN) - (phase.start ?? NaN) }));
        const lastEnd = ended.length === 0 ? undefined : Math.max(...ended.map(({ end }) => end ?? NaN));
        const took = ended.filter(({ hours }) => hours > 0);
        const rework = took.filter(({ isReturn }) => isReturn).reduce((sum, { hours }) => sum + hours, 0);
        const slow = took
          .filter(({ isReturn, isAutomatic }) => !isReturn && !isAutomatic)
          .map(({ type, hours }) => ({ type, excess: hours - (hoursOf.executions[type] ?? hours) }))
          .filter(({ excess }) => excess > 0);
        const slowest = slow.find(({ excess }) => excess === Math.max(...slow.map((each) => each.excess)));
        const beyondUsual = (hours: number, type: number): number =>
          type in hoursOf.steps ? Math.max(0, hours - hoursOf.steps[type]) : 0;
        const work = some.map(
          ({ start, end, isAutomatic }) => !isAutomatic && (before(start) || (start === undefined && before(end))),
        );
        const last = work.lastIndexOf(true);
        const firstStart = starts.length === 0 ? undefined : Math.min(...starts);
        const lateStart = beyondUsual(firstStart ?? (last === -1 ? now : (lastEnd ?? NaN)), BEFORE_START);
        const next = some.findIndex(
          ({ start, end }, place) => place > last && start === undefined && end === undefined,
        );
        const at = last !== -1 && some[last].end === undefined ? last : next;
        const where = last === -1 || at === -1 ? undefined : some[at].type;
        const since = Math.max(lastEnd ?? -Infinity, firstStart ?? 0);
        const waiting = where === undefined ? 0 : beyondUsual(now - since, where);
        const expected = { lateStart, waiting, rework, slowPhase: slowest?.excess ?? 0 };
        const sum = Object.values(expected).reduce((all, hours) => all + hours, 0);
        const seconds = Object.fromEntries(Object.entries(expected).map(([part, hours]) => [part, hours * HOUR]));
        expect(split).toEqual({
          ...seconds,
          total: total * HOUR,
          rest: (total - sum) * HOUR,
          waitingPhase: waiting > 0 ? where : undefined,
          slowPhaseType: slowest?.type,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('always adds up to the delay, with causes that are never negative', () => {
    const phases = fc.array(
      fc.record({
        type: fc.integer({ min: 1, max: 3 }),
        start: fc.option(fc.integer({ min: 100 * DAY, max: 108 * DAY }), { nil: undefined }),
        hours: fc.option(fc.double({ min: 0, max: 50, noNaN: true }), { nil: undefined }),
        isReturn: fc.boolean(),
        isAutomatic: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(phases, fc.integer({ min: -1e6, max: 1e6 }), (some, total) => {
        const order: HistoryOrder = {
          created: 100 * DAY,
          product: 1,
          phases: some.map(({ hours, ...phase }) => ({
            ...phase,
            end: hours === undefined || phase.start === undefined ? undefined : phase.start + hours * HOUR,
          })),
        };
        const history = historyOf([...past, order]);
        const position = positionAt(history, past.length, 110 * DAY, 180 * DAY);
        if (position === undefined) throw new Error('the order is active');
        const usual = usualTimes(history, 110 * DAY);
        const split = splitDelay(history, past.length, position, 110 * DAY, total, usual);
        const causes = [split.lateStart, split.waiting, split.rework, split.slowPhase];
        expect(Math.min(...causes)).toBeGreaterThanOrEqual(0);
        expect(causes.reduce((sum, each) => sum + each, 0) + split.rest).toBe(split.total);
        expect(split.total).toBe(total);
      }),
    );
  });
});

describe('usual times', () => {
  const taking = (hours: number, product?: number, productName?: string): HistoryOrder => ({
    created: 0,
    finished: 9 * DAY,
    product,
    productName,
    phases: [{ type: 1, start: DAY, end: DAY + hours * HOUR }],
  });
  const repeat = (times: number, order: HistoryOrder): HistoryOrder[] => Array.from({ length: times }, () => order);
  const usualOf = (orders: readonly HistoryOrder[]): Usual => usualTimes(historyOf(orders), 10 * DAY);

  it('are of the product with 20 cases, else of the family, else of the phase', () => {
    const orders = [
      ...repeat(20, taking(2, 1, 'K1 Vento L')),
      ...repeat(19, taking(6, 2, 'K1 Vento M')),
      ...repeat(10, taking(4, 5, 'K1 Vento S')),
      ...repeat(70, taking(10, 3, 'C2 Onda')),
      taking(3, 4, 'K4 Mar'),
    ];
    const { executions } = usualOf(orders);
    const usual = (order: number) => (executions.usual(order, 1) ?? NaN) / HOUR;
    // Product 1 has 20 cases of 2 h. Product 2 has 19: its family has 20 of 2 h, 10 of 4 h and 19 of 6 h, median 4.
    // Product 4 and its family have one: all 120 cases, 70 of them 10 h.
    expect([usual(0), usual(20), usual(orders.length - 1)]).toEqual([2, 4, 10]);
    expect(executions.usual(0, 99)).toBeUndefined();
  });

  it('take orders of which the product or the family is not known for no group of their own', () => {
    const unknown = repeat(20, taking(2, undefined, 'K1 Vento L'));
    const unnamed = repeat(20, taking(1));
    const { executions } = usualOf([...unknown, ...unnamed, ...repeat(25, taking(6, 1, 'K1 Vento L'))]);
    const usual = (order: number) => (executions.usual(order, 1) ?? NaN) / HOUR;
    // The family of the first: 20 cases of 2 h, 25 of 6 h. All, for those without a name: 20 of 1 h besides, median 2.
    expect([usual(0), usual(20)]).toEqual([6, 2]);
  });

  it('know no wait of an order that was begun before it was made', () => {
    const begunAt = (start: number) => ({ ...taking(1), created: 2 * DAY, phases: [{ type: 1, start, end: 3 * DAY }] });
    expect(usualOf([begunAt(2 * DAY - 1)]).steps.usual(0, BEFORE_START)).toBeUndefined();
    expect(usualOf([begunAt(2 * DAY)]).steps.usual(0, BEFORE_START)).toBe(0);
  });

  it('step from end to end, of those that ended together in the order of the route', () => {
    const phases = [
      { type: 4, start: 5 * DAY, end: 7 * DAY },
      { type: 1, start: DAY, end: 2 * DAY },
      { type: 2, start: DAY, end: 5 * DAY },
      { type: 3, start: DAY, end: 5 * DAY },
    ];
    const { steps } = usualOf([{ ...taking(1), phases }]);
    // Type 1 ended first, after nothing; 2 three days after it, 3 with 2, and 4 two days after both.
    expect([1, 2, 3, 4].map((type) => steps.usual(0, type))).toEqual([undefined, 3 * DAY, 0, 2 * DAY]);
  });
});
