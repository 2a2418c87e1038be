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
    expect(() => lisbon.startOfDay('2025-13-01')).toThrow(RangeError);
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
