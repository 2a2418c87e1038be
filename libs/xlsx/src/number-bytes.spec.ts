import * as fc from 'fast-check';
import { parseNumberBytes } from './number-bytes';

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

  it.each([['5.'], ['.5'], ['+1'], ['-0'], ['1E5'], ['1e+5'], ['1e-5'], ['00012']])('accepts %s', (text) => {
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
  ])('finds no number in %p', (text) => {
    expect(parse(text)).toBeNaN();
  });
});
