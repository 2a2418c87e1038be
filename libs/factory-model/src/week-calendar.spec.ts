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
    expect(deriveWeekCalendar([])).toMatchObject({ basis: 'ALWAYS', weeks: 0 });
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

/** A calendar of a week minute by minute: slow, and without anything to get wrong. */
describe('any calendar', () => {
  const QUARTER = 900;
  const open = fc.array(fc.constantFrom(0, 1), { minLength: 168, maxLength: 168 }).map((hours) => {
    hours[100] = 1;
    return hours;
  });
  const moment = fc.integer({ min: 0, max: 30 * 96 }).map((quarter) => MONDAY + quarter * QUARTER);
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
        for (let at = from; at < until; at += QUARTER) {
          const expected = holds(change.extra, at) || (isOpenAt(hours, at) && !holds(change.closed, at));
          expect(holds(found, at)).toBe(expected);
        }
        expect(found.every((each) => each.from >= from && each.until <= until && each.from < each.until)).toBe(true);
        found.slice(1).forEach((each, place) => expect(each.from).toBeGreaterThan(found[place].until));
      }),
      { numRuns: 60 },
    );
  });

  it('has a clock that counts what is open, forwards and backwards, and finds when so much has been worked', () => {
    fc.assert(
      fc.property(open, moment, moment, (hours, from, until) => {
        const clock = new WorkClock(hours);
        let worked = 0;
        for (let at = Math.min(from, until); at < Math.max(from, until); at += QUARTER) {
          if (isOpenAt(hours, at)) worked += QUARTER;
        }
        expect(clock.between(from, until)).toBe(from <= until ? worked : 0 - worked);
        expect(clock.isOpen(from)).toBe(isOpenAt(hours, from));
        const end = clock.after(from, worked);
        if (worked === 0) expect(end).toBe(from);
        else {
          // The first such moment: all of it has been worked by then, and not an instant before.
          expect(clock.between(from, end)).toBe(worked);
          expect(clock.between(from, end - 1)).toBe(worked - 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has the working hours of a week', () => {
    fc.assert(
      fc.property(open, (hours) => {
        expect(new WorkClock(hours).perWeek).toBe(hours.filter((each) => each === 1).length * HOUR);
      }),
    );
  });

  it('begins its weeks on Monday, before 1970 too', () => {
    const clock = new WorkClock(Array.from({ length: 168 }, (_, hour) => Number(hour < 24)));
    expect([clock.isOpen(MONDAY), clock.isOpen(MONDAY - 1), clock.isOpen(MONDAY - 7 * DAY)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(clock.between(MONDAY - 14 * DAY, MONDAY)).toBe(2 * DAY);
  });
});
