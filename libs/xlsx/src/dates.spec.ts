import * as fc from 'fast-check';
import { dateSerialRange, isoToSerial, serialToWallSeconds, wallSecondsToIso, wallSecondsToSerial } from './dates';

const iso = (serial: number, date1904 = false): string => wallSecondsToIso(serialToWallSeconds(serial, date1904));

describe('serialToWallSeconds', () => {
  it.each([
    // Excel itself shows these days for these serials (1900 system)
    [1, '1900-01-01T00:00:00'],
    [59, '1900-02-28T00:00:00'],
    [61, '1900-03-01T00:00:00'],
    [25569, '1970-01-01T00:00:00'],
    [44197, '2021-01-01T00:00:00'],
    [2958465, '9999-12-31T00:00:00'],
    // the day that never was, the day before the first, and below the epoch
    [60, '1900-02-28T00:00:00'],
    [60.5, '1900-02-28T12:00:00'],
    [0, '1899-12-31T00:00:00'],
    [0.5, '1899-12-31T12:00:00'],
    [-1, '1899-12-30T00:00:00'],
    [-0.25, '1899-12-30T18:00:00'],
    // 12:50 is 46,200 s of 86,400: 0.5347222…, which no double holds
    [46002.534722222219, '2025-12-11T12:50:00'],
    [46002.53472222, '2025-12-11T12:50:00'],
    [46002.53472223, '2025-12-11T12:50:00'],
    // 0.4 s before midnight rounds into the next day
    [46002.999996, '2025-12-12T00:00:00'],
  ])('reads serial %p of the 1900 system as %s', (serial, expected) => {
    expect(iso(serial)).toBe(expected);
  });

  it.each([
    [0, '1904-01-01T00:00:00'],
    [1, '1904-01-02T00:00:00'],
    // the 1904 system lies 1,462 days behind
    [44197 - 1462, '2021-01-01T00:00:00'],
    [60, '1904-03-01T00:00:00'],
  ])('reads serial %p of the 1904 system as %s', (serial, expected) => {
    expect(iso(serial, true)).toBe(expected);
  });

  it('gives back every whole second that it was given, in both systems', () => {
    // from 1900-03-01 to 9999-12-31, the days both systems and Excel agree on
    const second = fc.integer({ min: -2203891200, max: 253402300799 });
    fc.assert(
      fc.property(second, fc.boolean(), (seconds, date1904) => {
        expect(serialToWallSeconds(wallSecondsToSerial(seconds, date1904), date1904)).toBe(seconds);
      }),
    );
  });
});

describe('dateSerialRange', () => {
  it.each([false, true])('is from 0001-01-01 to before 10000-01-01 (1904 system: %p)', (date1904) => {
    const { firstDate, pastLastDate } = dateSerialRange(date1904);
    expect(iso(firstDate, date1904)).toBe('0001-01-01T00:00:00');
    expect(iso(pastLastDate - 1 / 86_400, date1904)).toBe('9999-12-31T23:59:59');
    // A day further the year has no four digits.
    expect(new Date(serialToWallSeconds(firstDate - 1, date1904) * 1000).getUTCFullYear()).toBe(0);
    expect(new Date(serialToWallSeconds(pastLastDate, date1904) * 1000).getUTCFullYear()).toBe(10_000);
  });
});

describe('isoToSerial', () => {
  it.each([
    ['2021-01-01', 44197],
    ['2021-01-01T12:00', 44197.5],
    ['2021-01-01 12:00:00', 44197.5],
    ['2021-01-01T06:00:00.000', 44197.25],
    ['2021-01-01T12:00:00Z', 44197.5],
    ['2021-01-01T12:00:00+05:30', 44197.5],
    ['2021-01-01T12:00:00-05:00', 44197.5],
    ['18:00:00', 0.75],
    ['T06:00', 0.25],
    ['1900-02-28', 59],
    ['1900-03-01', 61],
    // each place from its first to its last
    ['0001-01-01', -693594],
    ['9999-12-31', 2958465],
    ['2020-02-29', 43890],
    ['2021-12-31', 44561],
    ['2021-01-01T00:00', 44197],
    ['2021-01-01T24:00', 44198],
    ['2021-01-01T21:45:00', 44197.90625],
    ['2021-01-01T00:00:60', 44197 + 60 / 86400],
    ['00:59', 59 / 1440],
    ['T24:00:00', 1],
    ['09:09:09', 32949 / 86400],
    // parts of a second after a point or a comma: 0.25 s and 0.125 s are doubles
    ['00:00:00.25', 0.25 / 86400],
    ['00:00:00,125', 0.125 / 86400],
    ['00:00:01.5Z', 1.5 / 86400],
    // a zone is left out
    ['2021-01-01Z', 44197],
    ['2021-01-01+01:00', 44197],
    ['2021-01-01T12:00-05:00', 44197.5],
    ['2021-01-01T12:00:00.5+01:00', 44197.5 + 0.5 / 86400],
    ['18:00:00Z', 0.75],
    ['18:00:00+01:00', 0.75],
    ['T18:00-01:00', 0.75],
  ])('reads %s as %p', (text, serial) => {
    expect(isoToSerial(text, false)).toBe(serial);
  });

  it.each([
    [''],
    ['2021'],
    ['2021-13-01'],
    ['2021-02-29'],
    ['2021-00-10'],
    ['01/02/2021'],
    ['2021-01-01T'],
    ['2021-01-01T25:00'],
    ['2021-01-01T12:60'],
    ['2021-01-01T12:00:00.'],
    ['2021-01-01x12:00'],
    ['12:'],
    ['tomorrow'],
    ['0000-01-01'],
    ['2021-01-00'],
    ['2021-01-32'],
    ['2021-04-31'],
    ['1900-02-29'],
    ['2021/01-01'],
    ['2021-01/01'],
    ['2021-1-01'],
    ['20a1-01-01'],
    ['202:-01-01'],
    ['2/21-01-01'],
    ['2021-01-0:'],
    ['2021-01-01T24:60'],
    ['2021-01-01T12.00'],
    ['2021-01-01T12:0'],
    ['2021-01-01T12:00:'],
    ['2021-01-01T12:00:0'],
    ['2021-01-01T12:00:61'],
    ['2021-01-01T12:00:00x'],
    ['2021-01-01T12:00:00.5x'],
    ['2021-01-01T12:00:00.:'],
    ['2021-01-01T12:00:00./'],
    ['2021-01-01T12:00+0100'],
    ['2021-01-01T12:00*01:00'],
    ['2021-01-01T12:00+01.00'],
    ['T'],
    ['T12'],
    ['25:00'],
    ['T12:00:00ZZ'],
    ['+01:00'],
    ['-01:00'],
  ])('finds no date in %p', (text) => {
    expect(isoToSerial(text, false)).toBeNaN();
  });

  it('reads 2021-01-01 of the 1904 system 1,462 days earlier', () => {
    expect(isoToSerial('2021-01-01', true)).toBe(44197 - 1462);
  });
});
