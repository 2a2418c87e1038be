import { factoryZone } from '@libs/factory-time';
import fc from 'fast-check';
import { instantOf, isIsoMoment } from './iso-moment';

const zone = factoryZone('Europe/Lisbon');
const at = (text: string) => instantOf(text, zone).toISOString();

describe('a date or date-time of a request', () => {
  it.each([
    // Winter: Lisbon is UTC.
    ['2025-12-11', '2025-12-11T00:00:00.000Z'],
    ['2025-12-11T12:50', '2025-12-11T12:50:00.000Z'],
    ['2025-12-11 12:50:09', '2025-12-11T12:50:09.000Z'],
    // Summer: one hour ahead.
    ['2025-07-01', '2025-06-30T23:00:00.000Z'],
    ['2025-07-01T00:00:00.999', '2025-06-30T23:00:00.000Z'],
    ['2025-07-01T00:00:00Z', '2025-07-01T00:00:00.000Z'],
    ['2025-07-01T00:00:00+05:30', '2025-06-30T18:30:00.000Z'],
    ['2025-07-01T00:00:00-0300', '2025-07-01T03:00:00.000Z'],
    // An unencoded + of a query string.
    ['2025-07-01T00:00:00 01:00', '2025-06-30T23:00:00.000Z'],
    // 2025-10-26T01:30 occurs twice and means the earlier, at +01:00; 2025-03-30T01:30 is skipped and moves on an hour.
    ['2025-10-26T01:30', '2025-10-26T00:30:00.000Z'],
    ['2025-03-30T01:30', '2025-03-30T01:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('reads %s in factory time unless it says otherwise', (text, instant) => {
    expect(at(text)).toBe(instant);
  });

  it.each([
    '',
    '2025',
    '2025-1-1',
    '2025-02-29',
    '2025-04-31',
    '2025-00-10',
    '2025-13-01',
    '2025-12-11T24:00',
    '2025-12-11T12:60',
    '2025-12-11T12:50:60',
    '2025-12-11T',
    '2025-12-11T12',
    '2025-12-11Z',
    '2025-12-11T12:50+15:00',
    '2025-12-11T12:50+01:75',
    '11/12/2025',
    '0000-01-01',
    '2025-12-11T12:50Zx',
    ' 2025-12-11',
    '２０２５-12-11',
  ])('refuses %j', (text) => {
    expect(isIsoMoment(text)).toBe(false);
    expect(() => instantOf(text, zone)).toThrow(RangeError);
  });

  it.each([undefined, null, 20251211, ['2025-12-11']])('refuses %j, which is no text', (value) => {
    expect(isIsoMoment(value)).toBe(false);
  });

  it('reads back every instant that an answer writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(2099, 11, 31) / 1000 }), (second) => {
        expect(instantOf(zone.formatIso(second * 1000), zone).getTime()).toBe(second * 1000);
      }),
    );
  });
});
