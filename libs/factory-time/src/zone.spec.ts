import * as fc from 'fast-check';
import { factoryZone } from './index';

const wall = (iso: string): number => Date.parse(`${iso}Z`) / 1000;
const instant = (iso: string): number => Date.parse(iso) / 1000;

describe('factoryZone(Europe/Lisbon)', () => {
  const lisbon = factoryZone('Europe/Lisbon');

  it('reads winter as UTC and summer as UTC+1', () => {
    expect(lisbon.toInstant(wall('2025-12-11T12:50:00'))).toBe(instant('2025-12-11T12:50:00Z'));
    expect(lisbon.toInstant(wall('2025-07-01T08:30:00'))).toBe(instant('2025-07-01T07:30:00Z'));
  });

  it('takes the repeated hour of October as the earlier one', () => {
    // On 2025-10-26 at 02:00 WEST the clock goes back to 01:00 WET: 01:30 occurs at 00:30Z and at 01:30Z.
    expect(lisbon.toInstant(wall('2025-10-26T01:30:00'))).toBe(instant('2025-10-26T00:30:00Z'));
    expect(lisbon.toInstant(wall('2025-10-26T00:59:59'))).toBe(instant('2025-10-25T23:59:59Z'));
    expect(lisbon.toInstant(wall('2025-10-26T02:00:00'))).toBe(instant('2025-10-26T02:00:00Z'));
  });

  it('moves the missing hour of March forward', () => {
    // On 2025-03-30 at 01:00 WET the clock jumps to 02:00 WEST: 01:30 does not exist and becomes 02:30 WEST = 01:30Z.
    expect(lisbon.toInstant(wall('2025-03-30T01:30:00'))).toBe(instant('2025-03-30T01:30:00Z'));
    expect(lisbon.formatIso(instant('2025-03-30T01:30:00Z') * 1000)).toBe('2025-03-30T02:30:00+01:00');
    expect(lisbon.toInstant(wall('2025-03-30T02:00:00'))).toBe(instant('2025-03-30T01:00:00Z'));
  });

  it('formats instants with their offset, days in factory time', () => {
    expect(lisbon.formatIso(Date.parse('2025-07-01T07:30:00Z'))).toBe('2025-07-01T08:30:00+01:00');
    expect(lisbon.formatIso(Date.parse('2025-12-11T12:50:00Z'))).toBe('2025-12-11T12:50:00+00:00');
    expect(lisbon.dayOf(Date.parse('2025-06-30T23:30:00Z'))).toBe('2025-07-01');
    expect(lisbon.startOfDay('2025-07-01')).toBe(Date.parse('2025-06-30T23:00:00Z'));
    expect(() => lisbon.startOfDay('2025-13-01')).toThrow('not a calendar day: 2025-13-01');
  });

  it('agrees with the runtime for every instant between 1950 and 2100', () => {
    const runtime = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Lisbon',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: instant('1950-01-01T00:00:00Z'), max: instant('2100-01-01T00:00:00Z') }), (at) => {
        expect(lisbon.formatIso(at * 1000).slice(0, 19)).toBe(runtime.format(at * 1000).replace(' ', 'T'));
      }),
      { numRuns: 500 },
    );
  });

  it('comes back to the same wall time except inside the skipped hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: wall('1990-01-01T00:00:00'), max: wall('2100-01-01T00:00:00') }), (time) => {
        const there = lisbon.toWall(lisbon.toInstant(time));
        expect(there === time || there === time + 3600).toBe(true);
      }),
    );
  });
});

describe('the changes of the clock in Lisbon by the rule of the European Union', () => {
  const lisbon = factoryZone('Europe/Lisbon');
  const HOUR = 3600;
  /** At 01:00 UTC of the last Sunday of a month of 31 days. */
  const lastSunday = (year: number, month: number): number => {
    const last = new Date(Date.UTC(year, month, 31, 1));
    return last.getTime() / 1000 - last.getUTCDay() * 24 * HOUR;
  };
  const years = Array.from({ length: 2100 - 1997 }, (_, i) => 1997 + i);

  it('are read to the second in every year', () => {
    for (const year of years) {
      const march = lastSunday(year, 2);
      const toWall = (from: number, ...seconds: number[]) => [
        year,
        ...seconds.map((s) => lisbon.toWall(from + s) - from),
      ];
      const toInstant = (from: number, ...seconds: number[]) => [
        year,
        ...seconds.map((s) => lisbon.toInstant(from + s) - from),
      ];
      expect(toWall(march, -1, 0)).toEqual([year, -1, HOUR]);
      // 00:59:59 is the last before the skipped hour, which moves forward; 02:00:00 is the first after it.
      expect(toInstant(march, -1, 0, HOUR - 1, HOUR)).toEqual([year, -1, 0, HOUR - 1, 0]);
      const october = lastSunday(year, 9);
      expect(toWall(october, -1, 0)).toEqual([year, HOUR - 1, 0]);
      // From 01:00:00 to 01:59:59 occurs twice and is the earlier one; 02:00:00 occurs once.
      expect(toInstant(october, 0, HOUR - 1, HOUR)).toEqual([year, -HOUR, -1, HOUR]);
    }
  });

  it('are no longer read outside 1940 to 2100: there the first and the last offset hold', () => {
    expect(lisbon.formatIso(Date.UTC(1900, 6, 1))).toBe('1900-07-01T00:00:00+00:00');
    expect(lisbon.formatIso(Date.UTC(2100, 6, 1))).toBe('2100-07-01T01:00:00+01:00');
    expect(lisbon.formatIso(Date.UTC(2150, 6, 1))).toBe('2150-07-01T00:00:00+00:00');
    expect(lisbon.toInstant(wall('1900-07-01T00:00:00'))).toBe(instant('1900-07-01T00:00:00Z'));
    expect(lisbon.toInstant(wall('2150-07-01T00:00:00'))).toBe(instant('2150-07-01T00:00:00Z'));
  });

  it('give a day its own text however many days were asked for', () => {
    const days = Array.from({ length: 5000 }, (_, number) => number);
    const noon = (number: number): number => (number * 24 + 12) * HOUR * 1000;
    const isWrong = (number: number): boolean =>
      lisbon.dayOf(noon(number)) !== new Date(noon(number)).toISOString().slice(0, 10);
    expect([...days, ...days].filter(isWrong)).toEqual([]);
  });
});

describe('factoryZone of other places', () => {
  it('handles offsets that are no whole hours', () => {
    const kathmandu = factoryZone('Asia/Kathmandu');
    expect(kathmandu.formatIso(Date.parse('2025-01-01T00:00:00Z'))).toBe('2025-01-01T05:45:00+05:45');
    const stJohns = factoryZone('America/St_Johns');
    expect(stJohns.formatIso(Date.parse('2025-01-01T00:00:00Z'))).toBe('2024-12-31T20:30:00-03:30');
  });

  it('refuses a zone that does not exist', () => {
    expect(() => factoryZone('Europe/Atlantis')).toThrow(RangeError);
  });
});
