import * as fc from 'fast-check';
import { deriveWeekCalendar, openIntervals, WorkClock } from './week-calendar';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Monday 1970-01-05. */
const MONDAY = 4 * DAY;

/** Every hour from 8 to 16 of the days, over so many weeks. */
function moments(days: readonly number[], weeks: number): number[] {
  return Array.from({ length: weeks }, (_, week) =>
    days.flatMap((day) => Array.from({ length: 9 }, (_, hour) => MONDAY + (7 * week + day) * DAY + (8 + hour) * HOUR)),
  ).flat();
}

describe('the working calendar', () => {
  it('has the hours in which something is recorded in most weeks, however often a pile lies elsewhere', () => {
    const pile = Array.from({ length: 1000 }, (_, second) => MONDAY + 5 * DAY + second);
    const { basis, open } = deriveWeekCalendar([...moments([0, 1, 2, 3, 4], 10), ...pile]);
    expect(basis).toBe('HOUR_OF_WEEK');
    expect(open.filter((each) => each === 1)).toHaveLength(45);
    expect(open[5 * 24]).toBe(0);
  });

  it('tells days and hours apart where single hours say nothing', () => {
    // One record a week, its hour moving through Monday to Friday, 8 to 16: no hour is used in half of the weeks.
    const all = moments([0, 1, 2, 3, 4], 1);
    const sparse = all.map((moment, week) => moment + 7 * week * DAY);
    const { basis, open } = deriveWeekCalendar(sparse);
    expect(basis).toBe('DAY_AND_HOUR');
    expect(open.filter((each) => each === 1)).toHaveLength(45);
  });

  it('is always open where nothing was recorded', () => {
    const week = (value: number): number[] => new Array<number>(168).fill(value);
    expect(deriveWeekCalendar([])).toEqual({ basis: 'ALWAYS', open: week(1), share: week(0), weeks: 0 });
  });

  /** One record at the end of each of these hours of the week, in so many weeks. */
  const inWeeks = (hours: readonly number[], weeks: number): number[] =>
    Array.from({ length: weeks }, (_, week) =>
      hours.map((hour) => MONDAY + week * 7 * DAY + (hour + 1) * HOUR - 1),
    ).flat();
  const opened = (all: readonly number[]) => {
    const { basis, open } = deriveWeekCalendar(all);
    return { basis, hours: open.flatMap((each, hour) => (each === 1 ? [hour] : [])) };
  };
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, hour) => hour);

  it('has hours that are used half as often as those of the busiest tenth', () => {
    // Of 168 hours the busiest 17: four of four weeks. Hour 100 is used in two of them, hour 101 in one.
    expect(opened([...inWeeks(upTo(17), 4), ...inWeeks([100], 2), ...inWeeks([101], 1)])).toEqual({
      basis: 'HOUR_OF_WEEK',
      hours: [...upTo(17), 100],
    });
  });

  it('tells single hours apart where that tenth is used in half of the weeks', () => {
    // A second week has one record alone.
    const weeks = (hours: number): number[] => [...inWeeks(upTo(hours), 1), MONDAY + 7 * DAY];
    expect(opened(weeks(17))).toEqual({ basis: 'HOUR_OF_WEEK', hours: upTo(17) });
    expect(opened(weeks(16)).basis).toBe('DAY_AND_HOUR');
    // A third week: a third is less than half.
    expect(opened([...weeks(17), MONDAY + 14 * DAY]).basis).toBe('DAY_AND_HOUR');
  });

  it('has the days and the hours of the day that are used a quarter as much as the fullest', () => {
    const [monday, tuesday, wednesday, thursday, friday] = [0, 24, 48, 72, 96];
    const from8 = (count: number): number[] => upTo(count).map((hour) => 8 + hour);
    // Tuesday has one of Monday's four hours; of five it is too little.
    expect(opened(inWeeks([...from8(4), tuesday + 8], 1))).toEqual({
      basis: 'DAY_AND_HOUR',
      hours: [...from8(4), ...from8(4).map((hour) => tuesday + hour)],
    });
    expect(opened(inWeeks([...from8(5), tuesday + 8], 1)).hours).toEqual(from8(5));
    // Nine o'clock is used on one of four days, eight o'clock on all; of five it is too little.
    const four = [monday, tuesday, wednesday, thursday];
    expect(opened(inWeeks([9, ...four.map((day) => day + 8)], 1)).hours).toEqual(
      four.flatMap((day) => [day + 8, day + 9]),
    );
    expect(opened(inWeeks([9, ...[...four, friday].map((day) => day + 8)], 1)).hours).toEqual(
      [...four, friday].map((day) => day + 8),
    );
  });

  it('knows in which share of the weeks with any record each hour was used, however often', () => {
    // The first week, nothing in the second, the fourth: hour 3 in both, hour 167 in one.
    const { share, weeks } = deriveWeekCalendar([3, 3.5, 167, 3 * 168 + 3].map((hour) => MONDAY + hour * HOUR));
    expect(weeks).toBe(2);
    expect(share.flatMap((each, hour) => (each > 0 ? [[hour, each]] : []))).toEqual([
      [3, 1],
      [167, 0.5],
    ]);
  });
});

describe('the working clock', () => {
  const { open } = deriveWeekCalendar(moments([0, 1, 2, 3, 4], 10));
  const clock = new WorkClock(open);

  it('leaves nights and weekends out', () => {
    // Friday 16:00 to Monday 09:00: an hour on Friday, an hour on Monday.
    expect(clock.between(MONDAY + 4 * DAY + 16 * HOUR, MONDAY + 7 * DAY + 9 * HOUR)).toBe(2 * HOUR);
  });

  it('counts what the intervals of the calendar hold, between any two moments', () => {
    const moment = fc.integer({ min: 0, max: 60 * DAY });
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        const [from, until] = [Math.min(one, other), Math.max(one, other)];
        const held = openIntervals(open, from, until).reduce((sum, each) => sum + each.until - each.from, 0);
        expect(clock.between(from, until)).toBe(held);
      }),
    );
  });

  it('takes closed days out and puts extra shifts in', () => {
    const closed = [{ from: MONDAY, until: MONDAY + DAY }];
    const extra = [{ from: MONDAY + 5 * DAY, until: MONDAY + 5 * DAY + HOUR }];
    const hours = openIntervals(open, MONDAY, MONDAY + 7 * DAY, { closed, extra });
    expect(hours.reduce((sum, each) => sum + each.until - each.from, 0)).toBe((45 - 9 + 1) * HOUR);
  });
});

/** A calendar of a week by half hours: slow, and without anything to get wrong. */
describe('any calendar', () => {
  const HALF = 1800;
  const open = fc.array(fc.constantFrom(0, 1), { minLength: 168, maxLength: 168 }).map((hours) => {
    hours[100] = 1;
    return hours;
  });
  const moment = fc.integer({ min: 0, max: 16 * 48 }).map((half) => MONDAY + half * HALF);
  const interval = fc
    .tuple(moment, moment)
    .map(([one, other]) => ({ from: Math.min(one, other), until: Math.max(one, other) }));
  const changes = fc.record({
    closed: fc.array(interval, { maxLength: 3 }),
    extra: fc.array(interval, { maxLength: 3 }),
  });
  const isOpenAt = (hours: readonly number[], at: number) => hours[Math.floor((at - MONDAY) / HOUR) % 168] === 1;
  const holds = (some: readonly { from: number; until: number }[], at: number) =>
    some.some(({ from, until }) => at >= from && at < until);

  it('has the intervals in which it is open, extra shifts in and closed days out, and no two that touch', () => {
    fc.assert(
      fc.property(open, interval, changes, (hours, { from, until }, change) => {
        const found = openIntervals(hours, from, until, change);
        const wrong: number[] = [];
        for (let at = from; at < until; at += HALF) {
          const expected = holds(change.extra, at) || (isOpenAt(hours, at) && !holds(change.closed, at));
          if (holds(found, at) !== expected) wrong.push(at);
        }
        expect(wrong).toEqual([]);
        expect(found.every((each) => each.from >= from && each.until <= until && each.from < each.until)).toBe(true);
        expect(found.slice(1).every((each, place) => each.from > found[place].until)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has a clock that counts what is open, forwards and backwards', () => {
    fc.assert(
      fc.property(open, moment, moment, (hours, from, until) => {
        const clock = new WorkClock(hours);
        let worked = 0;
        for (let at = Math.min(from, until); at < Math.max(from, until); at += HALF) {
          if (isOpenAt(hours, at)) worked += HALF;
        }
        expect(clock.between(from, until)).toBe(from <= until ? worked : 0 - worked);
      }),
      { numRuns: 60 },
    );
  });

  it('begins its weeks on Monday, before 1970 too', () => {
    const clock = new WorkClock(Array.from({ length: 168 }, (_, hour) => Number(hour < 24)));
    expect([-1, 0, 24 * HOUR - 1, 24 * HOUR].map((at) => clock.between(MONDAY + at, MONDAY + at + 1))).toEqual([
      0, 1, 1, 0,
    ]);
    expect(clock.between(MONDAY - 14 * DAY, MONDAY)).toBe(2 * DAY);
  });
});
