import fc from 'fast-check';
import { civilDate, dayFirstText, dayNumber, FactoryCalendar, isoText, weekday } from './factory-calendar';
import { continuationName } from './row-sink';
import { DEFAULT_END } from './sample-options';
import { settle, Spread } from './spread';

describe('Spread', () => {
  it('gives every item a place of its own, so that the first k places are exactly k items', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(), fc.nat(50), (size, seed, purpose) => {
        const spread = new Spread(size, seed, purpose);
        const places = new Set(Array.from({ length: size }, (_, index) => spread.placeOf(index)));
        expect(places.size).toBe(size);
        expect([...places].every((place) => place >= 0 && place < size)).toBe(true);
      }),
    );
  });

  it('puts no neighbours side by side: a third to two thirds of all lie between them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1e6 }), fc.nat(), fc.nat(50), (size, seed, purpose) => {
        const spread = new Spread(size, seed, purpose);
        const step = (spread.placeOf(1) - spread.placeOf(0) + size) % size;
        // Factors lie from 0.3 to 0.7 of the size, and then up to the next that shares no divisor with it.
        expect(step).toBeGreaterThanOrEqual(Math.floor(0.3 * size));
        expect(step).toBeLessThan(0.7 * size + 30);
        expect(spread.size).toBe(size);
      }),
    );
  });

  it('begins anywhere, elsewhere for another seed or purpose', () => {
    const first = (seed: number, purpose: number): number => new Spread(1_000_000, seed, purpose).placeOf(0);
    const firsts = [1, 2, 3, 4, 5, 6].flatMap((seed) => [1, 2].map((purpose) => first(seed, purpose)));
    expect(new Set(firsts).size).toBe(12);
    // Of twelve at random one is in the upper half, but for one case in 4,096.
    expect(Math.max(...firsts)).toBeGreaterThan(500_000);
    expect(Math.min(...firsts)).toBeLessThan(500_000);
  });
});

describe('settle', () => {
  it('reaches any total that its bounds allow, and says how much is missing otherwise', () => {
    const counts = fc.array(fc.nat(20), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(counts, fc.nat(1500), fc.nat(), (start, total, seed) => {
        const bytes = Uint8Array.from(start);
        const missing = settle(
          bytes,
          total,
          new Spread(bytes.length, seed, 1),
          () => 1,
          () => 25,
        );
        const sum = bytes.reduce((a, b) => a + b, 0);
        expect(sum + missing).toBe(total);
        if (total >= bytes.length && total <= 25 * bytes.length && start.every((one) => one >= 1))
          expect(missing).toBe(0);
      }),
    );
  });

  it('moves no count beyond its bounds, none in vain, and gives up only where all are at them', () => {
    const items = fc.array(fc.tuple(fc.nat(20), fc.nat(10), fc.integer({ min: 10, max: 20 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(items, fc.nat(500), fc.nat(), (start, total, seed) => {
        const counts = Uint8Array.from(start, ([count]) => count);
        const before = [...counts];
        const [lower, upper] = [start.map(([, lo]) => lo), start.map(([, , hi]) => hi)];
        const spread = new Spread(counts.length, seed, 2);
        const missing = settle(counts, total, spread, (i) => lower[i], (i) => upper[i]); // prettier-ignore
        const raised = total > before.reduce((sum, count) => sum + count, 0);
        counts.forEach((count, i) => {
          if (raised) {
            expect(count).toBeGreaterThanOrEqual(before[i]);
            expect(count).toBeLessThanOrEqual(Math.max(before[i], upper[i]));
            if (missing !== 0) expect(count).toBeGreaterThanOrEqual(upper[i]);
          } else {
            expect(count).toBeLessThanOrEqual(before[i]);
            expect(count).toBeGreaterThanOrEqual(Math.min(before[i], lower[i]));
            if (missing !== 0) expect(count).toBeLessThanOrEqual(lower[i]);
          }
        });
        // One after another: those that could all go on differ by one round at most.
        const moved = [...counts].flatMap((count, i) => {
          const atBound = raised ? count >= upper[i] : count <= lower[i];
          return atBound ? [] : [Math.abs(count - before[i])];
        });
        if (moved.length > 0) expect(Math.max(...moved) - Math.min(...moved)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the calendar', () => {
  it('agrees with the platform on every date from 1600 to 2400', () => {
    fc.assert(
      fc.property(fc.integer({ min: -135_140, max: 157_000 }), (days) => {
        const date = new Date(days * 86_400_000);
        const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(civilDate(days)).toEqual(civil);
        expect(dayNumber(civil.year, civil.month, civil.day)).toBe(days);
        expect(weekday(days)).toBe(date.getUTCDay());
      }),
    );
  });

  it('writes moments as text in the two forms that a load must read', () => {
    // 2025-12-11 is day 20,433; 12:50 is minute 770.
    const minute = 20_433 * 1440 + 770;
    expect(isoText(minute)).toBe('2025-12-11T12:50:00');
    expect(dayFirstText(minute)).toBe('11/12/2025 12:50');
    // 1999-01-02T03:04 is day 10,593.
    expect(isoText(10_593 * 1440 + 184)).toBe('1999-01-02T03:04:00');
    expect(dayFirstText(10_593 * 1440 + 184)).toBe('02/01/1999 03:04');
    expect(isoText(0)).toBe('1970-01-01T00:00:00');
  });

  it('turns working time into moments and back', () => {
    const calendar = new FactoryCalendar(7, DEFAULT_END / 60);
    const total = calendar.toWork(DEFAULT_END / 60);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: total - 1 }), fc.nat(600), (work, more) => {
        const minute = calendar.fromWork(work);
        expect(calendar.toWork(minute)).toBe(work);
        // Nobody gets more done than the clock allows.
        expect(calendar.fromWork(Math.min(total - 1, work + more)) - minute).toBeGreaterThanOrEqual(
          Math.min(more, total - 1 - work),
        );
      }),
    );
  });

  it('gives orders days in order, from the first month of six years to the last day', () => {
    const calendar = new FactoryCalendar(7, DEFAULT_END / 60);
    const days = Array.from({ length: 27_380 }, (_, index) => calendar.creationDay(index, 27_380));
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(civilDate(days[0])).toEqual({ year: 2020, month: 1, day: 1 });
    expect(civilDate(days[27_379])).toEqual({ year: 2025, month: 12, day: 11 });
    // The months have the real counts, to a rounding: December 2020 is the fullest, with 763.
    const december = days.filter((day) => day >= dayNumber(2020, 12, 1) && day < dayNumber(2021, 1, 1)).length;
    expect(Math.abs(december - 763)).toBeLessThanOrEqual(1);
  });
});

describe('FactoryCalendar', () => {
  const end = DEFAULT_END / 60;
  const last = Math.floor(end / 1440);
  const calendar = new FactoryCalendar(7, end);
  const days = Array.from({ length: last - calendar.firstDay + 1 }, (_, index) => calendar.firstDay + index);
  const hoursOf = (day: number): number => (calendar.toWork((day + 1) * 1440) - calendar.toWork(day * 1440)) / 60;

  it('is open on weekdays 9 hours or 12, on a Saturday in three 5, on Sundays and holidays not at all', () => {
    expect(civilDate(calendar.firstDay)).toEqual({ year: 2020, month: 1, day: 1 });
    const holidays = ['1-1', '4-25', '5-1', '12-25'];
    const kinds = { weekday: new Map<number, number>(), saturday: new Map<number, number>() };
    for (const day of days) {
      const { month, day: dayOfMonth } = civilDate(day);
      if (holidays.includes(`${month}-${dayOfMonth}`) || weekday(day) === 0) expect(hoursOf(day)).toBe(0);
      else {
        const kind = kinds[weekday(day) === 6 ? 'saturday' : 'weekday'];
        kind.set(hoursOf(day), (kind.get(hoursOf(day)) ?? 0) + 1);
      }
    }
    expect([...kinds.weekday.keys()].sort()).toEqual([12, 9]);
    expect([...kinds.saturday.keys()].sort()).toEqual([0, 5]);
    const share = (counts: Map<number, number>, hours: number): number =>
      counts.get(hours)! / [...counts.values()].reduce((sum, count) => sum + count, 0);
    // Some 1,535 weekdays and 307 Saturdays: four deviations are 0.034 and 0.11.
    expect(Math.abs(share(kinds.weekday, 12) - 1 / 8)).toBeLessThan(0.034);
    expect(Math.abs(share(kinds.saturday, 5) - 1 / 3)).toBeLessThan(0.11);
  });

  it('counts working minutes from the opening to the closing of each day, and none besides', () => {
    // The first ordinary Thursday: 2020-01-02 is one, whatever its hours.
    const day = dayNumber(2020, 1, 2);
    const open = hoursOf(day) === 12 ? 420 : 480;
    const close = hoursOf(day) === 12 ? 1140 : 1020;
    const minutes = [0, open - 1, open, open + 1, close - 1, close, close + 1, 1439];
    // 1 January is a holiday, so that nothing was worked before.
    expect(minutes.map((minute) => calendar.toWork(day * 1440 + minute))).toEqual([
      ...[0, 0, 0, 1],
      ...[close - open - 1, close - open, close - open, close - open],
    ]);
    expect(calendar.fromWork(0)).toBe(day * 1440 + open);
    expect(calendar.fromWork(close - open - 1)).toBe(day * 1440 + close - 1);
    // After the last minute of a day the next one begins with the next day: Friday 3 January.
    const friday = day + 1;
    expect(calendar.fromWork(close - open)).toBe(friday * 1440 + (hoursOf(friday) === 12 ? 420 : 480));
  });

  it('has worked nothing before its first day, and all of it after its last', () => {
    expect(calendar.toWork(calendar.firstDay * 1440 - 1)).toBe(0);
    expect(calendar.toWork(calendar.firstDay * 1440 - 100_000)).toBe(0);
    const all = days.reduce((sum, day) => sum + hoursOf(day) * 60, 0);
    expect(calendar.toWork((last + 1) * 1440)).toBe(all);
    expect(calendar.toWork((last + 400) * 1440)).toBe(all);
  });

  it('has more orders created on some days of the week, in the real proportions', () => {
    const count = 100_000;
    const byWeekday = [0, 0, 0, 0, 0, 0, 0];
    for (let index = 0; index < count; index++) byWeekday[weekday(calendar.creationDay(index, count))]++;
    // 1,105 of 27,380 on Sundays, 5,455 on Mondays and so on; months begin on different days, so only to a twentieth.
    const real = [1105, 5455, 5444, 5495, 4808, 4245, 828];
    real.forEach((orders, day) => {
      const expected = (orders / 27_380) * count;
      expect(Math.abs(byWeekday[day] / expected - 1)).toBeLessThan(0.05);
    });
  });

  it('begins 71 months before the month of its end, across the turn of the year', () => {
    const first = (year: number, month: number): unknown =>
      civilDate(new FactoryCalendar(1, dayNumber(year, month, 15) * 1440).firstDay);
    expect(first(2025, 1)).toEqual({ year: 2019, month: 2, day: 1 });
    expect(first(2025, 11)).toEqual({ year: 2019, month: 12, day: 1 });
    expect(first(2025, 12)).toEqual({ year: 2020, month: 1, day: 1 });
  });
});

describe('continuationName', () => {
  it('keeps within the 31 characters of Excel by cutting the base', () => {
    expect(continuationName('FasesOrdemFabrico', 1)).toBe('FasesOrdemFabrico');
    expect(continuationName('FasesOrdemFabrico', 12)).toBe('FasesOrdemFabrico (12)');
    expect(continuationName('FuncionariosFaseOrdemFabrico', 2)).toBe('FuncionariosFaseOrdemFabric (2)');
    expect(continuationName('FuncionariosFaseOrdemFabrico', 10)).toHaveLength(31);
  });
});
