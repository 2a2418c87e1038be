import * as fc from 'fast-check';
import { parseNumberBytes, POWERS_OF_TEN } from './number-bytes';

const parse = (text: string): number => {
  const bytes = Buffer.from(`<<${text}<<`, 'latin1');
  return parseNumberBytes(bytes, 2, 2 + text.length);
};

describe('parseNumberBytes', () => {
  it('reads every finite double as Number() does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parse(String(value))).toBe(Number(String(value)));
        expect(parse(value.toPrecision(17))).toBe(Number(value.toPrecision(17)));
      }),
    );
  });

  it('reads digits and a point at any place as Number() does', () => {
    // 2^53 + 1 is the first whole number that is no double, and 10^22 the last power of ten that is one.
    for (const digits of [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 1n].map((value) =>
      String(value).padStart(26, '0'),
    )) {
      for (let at = 0; at <= digits.length; at++) {
        for (const sign of ['', '-', '+']) {
          const text = `${sign}${digits.slice(0, at)}.${digits.slice(at)}`;
          expect([text, parse(text)]).toEqual([text, Number(text)]);
        }
      }
    }
    expect(Array.from(POWERS_OF_TEN)).toEqual(Array.from({ length: 23 }, (_, exponent) => 10 ** exponent));
  });

  it('reads no further than the end', () => {
    const bytes = Buffer.from('12.5e34');
    const ends = Array.from({ length: 8 }, (_, end) => parseNumberBytes(bytes, 0, end));
    expect(ends).toEqual([NaN, 1, 12, 12, 12.5, NaN, 12.5e3, 12.5e34]);
    expect(parseNumberBytes(Buffer.from('-1'), 0, 1)).toBeNaN();
    expect(parseNumberBytes(Buffer.from('1e+5'), 0, 3)).toBeNaN();
    expect(parseNumberBytes(Buffer.from('1e5'), 0, 2)).toBeNaN();
  });

  it.each([
    ['5.'],
    ['.5'],
    ['+1'],
    ['-0'],
    ['1E5'],
    ['1e+5'],
    ['1e-5'],
    ['00012'],
    ['09'],
    ['1e09'],
    ['1.e2'],
    ['-.5E1'],
  ])('accepts %s', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each([
    [''],
    ['-'],
    ['.'],
    ['e5'],
    ['1e'],
    ['1e+'],
    ['0x10'],
    ['Infinity'],
    ['NaN'],
    ['1e999'],
    ['1,5'],
    ['1 2'],
    [' 1'],
    ['1_000'],
    ['--1'],
    ['1.2.3'],
    ['1/'],
    ['1:'],
    ['1e/'],
    ['1e:'],
    ['1e5.'],
    ['1e--5'],
    ['1f5'],
    ['-+1'],
    ['.e5'],
    ['+'],
  ])('finds no number in %p', (text) => {
    expect(parse(text)).toBeNaN();
  });
});
