import fc from 'fast-check';
import {
  compileCalendar,
  finishOf,
  intervalAt,
  NEVER,
  openTimeBefore,
  type UnavailableWindow,
  workBetween,
  type WorkingInterval,
} from './working-calendar';

const compiled = (
  intervals: readonly WorkingInterval[] | undefined,
  windows: readonly UnavailableWindow[] = [],
  since = 0,
) => compileCalendar(intervals, windows, since, 'here');
/** Its intervals, without what follows from them. */
const intervalsOf = ({ from, until }: ReturnType<typeof compiled>) => Array.from(from, (begin, i) => [begin, until[i]]);
const DAYS: readonly WorkingInterval[] = [
  { from: 0, until: 8, speed: 2 },
  { from: 24, until: 32 },
  { from: 48, until: 56, speed: 2 },
];

const SINCE = -5;
const END = 80;

interface Spec {
  intervals: WorkingInterval[];
  windows: UnavailableWindow[];
}

/** Speeds are halves, so that work is exact. Some intervals touch, and some begin before the calendar is needed. */
const specs: fc.Arbitrary<Spec> = fc.record({
  intervals: fc
    .array(
      fc.record({ gap: fc.nat(9), length: fc.integer({ min: 1, max: 12 }), speed: fc.constantFrom(0.5, 1, 1.5, 2, 4) }),
      { minLength: 1, maxLength: 6 },
    )
    .map((pieces) => {
      let at = -10;
      return pieces.map(({ gap, length, speed }) => {
        const from = at + gap;
        at = from + length;
        return { from, until: at, speed };
      });
    }),
  windows: fc.array(
    fc
      .record({ from: fc.integer({ min: -8, max: 60 }), length: fc.integer({ min: 1, max: 15 }) })
      .map(({ from, length }) => ({
        from,
        until: from + length,
      })),
    { maxLength: 3 },
  ),
});

/** Work done from t to t + 1; 0 where it is closed. */
function speedAt({ intervals, windows }: Spec, t: number): number {
  const holds = ({ from, until }: UnavailableWindow) => from <= t && t < until;
  return windows.some(holds) ? 0 : (intervals.find(holds)?.speed ?? 0);
}

function walk(spec: Spec, from: number, work: number): number {
  if (work === 0) return from;
  let left = work;
  for (let t = from; t < END; t += 1) {
    left -= speedAt(spec, t);
    if (left <= 0) return t + 1;
  }
  return NEVER;
}

describe('a calendar', () => {
  it('holds its intervals, and the work that lies before each', () => {
    const calendar = compiled(DAYS);
    expect(intervalsOf(calendar)).toEqual([
      [0, 8],
      [24, 32],
      [48, 56],
    ]);
    expect([...calendar.workBefore]).toEqual([0, 16, 24]);
    expect(calendar.variesCapacity).toBe(false);
  });

  it('leaves out what ends before it is needed, and what that moment ends', () => {
    expect(intervalsOf(compiled(DAYS, [], 7))).toEqual([
      [7, 8],
      [24, 32],
      [48, 56],
    ]);
    expect(intervalsOf(compiled(DAYS, [], 32))).toEqual([[48, 56]]);
  });

  it('has servers of its own where an interval names them', () => {
    const calendar = compiled([
      { from: 0, until: 4, capacity: 0 },
      { from: 4, until: 9 },
    ]);
    expect([...calendar.capacity]).toEqual([0, -1]);
    expect(calendar.variesCapacity).toBe(true);
  });

  it('is cut where it is out of order, and nowhere else', () => {
    const cut = (...windows: [from: number, until: number][]) =>
      intervalsOf(
        compiled(
          [{ from: 10, until: 20 }],
          windows.map(([from, until]) => ({ from, until })),
        ),
      );
    expect(cut([13, 15])).toEqual([
      [10, 13],
      [15, 20],
    ]);
    expect(cut([10, 12])).toEqual([[12, 20]]);
    expect(cut([18, 20])).toEqual([[10, 18]]);
    expect(cut([10, 20])).toEqual([]);
    expect(cut([5, 10], [20, 25])).toEqual([[10, 20]]);
    expect(intervalsOf(compiled(undefined, [{ from: 3, until: 5 }]))).toEqual([
      [0, 3],
      [5, Infinity],
    ]);
  });

  it.each<[place: string, intervals: WorkingInterval[], windows: UnavailableWindow[]]>([
    ['here.calendar[0]', [{ from: 0.5, until: 3 }], []],
    ['here.calendar[0]', [{ from: 0, until: 3.5 }], []],
    ['here.calendar[0]', [{ from: NaN, until: 3 }], []],
    ['here.calendar[1]', [DAYS[0], { from: 9, until: 9 }], []],
    ['here.calendar[0]', [{ from: 0, until: 3, speed: Infinity }], []],
    ['here.calendar[0]', [{ from: 0, until: 3, speed: -1 }], []],
    ['here.calendar[0]', [{ from: 0, until: 3, capacity: 0.5 }], []],
    ['here.unavailable[0]', [], [{ from: 0.5, until: 3 }]],
    ['here.unavailable[0]', [], [{ from: 0, until: 3.5 }]],
    ['here.unavailable[1]', [], [DAYS[0], { from: 3, until: 3 }]],
  ])('is refused at %s, with what to do about it', (place, intervals, windows) => {
    expect(() => compiled(intervals, windows)).toThrow(
      expect.objectContaining({ code: 'SIMULATION_INPUT', place, remedy: expect.stringMatching(/\S/) as string }),
    );
  });

  it('tells when work is done, at the speed of each interval', () => {
    // From 4 there are 8 units until 8, 8 more until 32 and 16 until 56.
    const finish = (moment: number, work: number) => {
      const calendar = compiled(DAYS);
      return finishOf(calendar, intervalAt(calendar, 0, moment), moment, work);
    };
    expect([4, 5, 8, 9, 16, 17, 32].map((work) => finish(4, work))).toEqual([6, 7, 8, 25, 32, 49, 56]);
    expect(finish(4, 33)).toBe(NEVER);
    // Begun in the night it waits for the morning; without work there is nothing to wait for.
    expect([finish(10, 3), finish(10, 0)]).toEqual([27, 10]);
    expect(finish(56, 1)).toBe(NEVER);
  });

  it('agrees with a walk through every unit of time', () => {
    const moment = fc.integer({ min: SINCE, max: END });
    fc.assert(
      fc.property(specs, moment, moment, fc.nat(60), (spec, one, other, work) => {
        const { intervals, windows } = spec;
        const calendar = compileCalendar(intervals, windows, SINCE, 'here');
        const [from, until] = [Math.min(one, other), Math.max(one, other)];
        const open = openTimeBefore(calendar);
        const units = Array.from({ length: until - from }, (_, i) => speedAt(spec, from + i));
        expect(workBetween(calendar, from, until)).toBe(units.reduce((sum, speed) => sum + speed, 0));
        expect(open(until) - open(from)).toBe(units.filter((speed) => speed > 0).length);
        expect(finishOf(calendar, intervalAt(calendar, 0, from), from, work)).toBe(walk(spec, from, work));
      }),
      { numRuns: 300 },
    );
  });

  it('ends work of uneven speed when its interval ends, not when the next one begins', () => {
    // A resource of speed 1.4 takes 15 for 21, which as a quotient is 15.000000000000002.
    const work = 21 / 1.4;
    expect(work).toBeGreaterThan(15);
    expect(finishOf(compiled([{ from: 0, until: 15 }]), 0, 0, work)).toBe(15);
    const reopens = compiled([
      { from: 0, until: 15 },
      { from: 100, until: 200 },
    ]);
    expect(finishOf(reopens, 0, 0, work)).toBe(15);
    // 10 and 5 units of time in two intervals; as much work again, and 1.4 more, need the third for a unit.
    const twice = compiled([
      { from: 0, until: 10, speed: 1.4 },
      { from: 20, until: 25, speed: 1.4 },
      { from: 40, until: 50, speed: 1.4 },
    ]);
    expect([21, 22.4].map((units) => finishOf(twice, 0, 0, units))).toEqual([25, 41]);
    // Beyond what ROUNDING covers it still ends where there is work left in the next interval.
    const long = 1_240_979_296;
    const years = compiled([
      { from: 0, until: long, speed: 1.7 },
      { from: long, until: 2 * long, speed: 0.1 },
      { from: 3 * long, until: 4 * long },
    ]);
    expect(finishOf(years, 0, 0, years.workBefore[2])).toBe(2 * long);
  });

  it('agrees with whole numbers where speeds are tenths, which are none in binary', () => {
    const tenths = fc.integer({ min: 1, max: 40 });
    const pieces = fc.array(fc.record({ gap: fc.nat(9), length: fc.integer({ min: 1, max: 600 }), speed: tenths }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(pieces, tenths, fc.nat(), fc.nat(1), (pieces, speed, chosen, more) => {
        // What is done within a unit of the end of one of the intervals.
        const ends = pieces.slice(0, 1 + (chosen % pieces.length));
        const duration =
          Math.floor((ends.reduce((sum, piece) => sum + piece.length * piece.speed, 0) * speed) / 100) + more;
        let at = 0;
        const intervals = pieces.map(({ gap, length, speed: ofPiece }) => {
          const from = at + gap;
          at = from + length;
          return { from, until: at, speed: ofPiece };
        });
        const calendar = compiled(intervals.map((interval) => ({ ...interval, speed: interval.speed / 10 })));
        // A hundred times the work: one unit of time at both speeds does their product of it.
        let left = 100 * duration;
        let expected = duration === 0 ? 0 : NEVER;
        for (const { from, until, speed: ofPiece } of intervals) {
          const needed = Math.ceil(left / (ofPiece * speed));
          if (left > 0 && needed <= until - from) expected = from + needed;
          left -= (until - from) * ofPiece * speed;
        }
        expect(finishOf(calendar, 0, 0, duration / (speed / 10))).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
