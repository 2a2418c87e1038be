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
        for (const place of places) expect(place >= 0 && place < size).toBe(true);
      }),
    );
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

describe('continuationName', () => {
  it('keeps within the 31 characters of Excel by cutting the base', () => {
    expect(continuationName('FasesOrdemFabrico', 1)).toBe('FasesOrdemFabrico');
    expect(continuationName('FasesOrdemFabrico', 12)).toBe('FasesOrdemFabrico (12)');
    expect(continuationName('FuncionariosFaseOrdemFabrico', 2)).toBe('FuncionariosFaseOrdemFabric (2)');
    expect(continuationName('FuncionariosFaseOrdemFabrico', 10)).toHaveLength(31);
  });
});
