import * as fc from 'fast-check';
import { isNullText, parseDateText, parseNumberText } from './index';

const wall = (iso: string): { wall: number } => ({ wall: Date.parse(`${iso}Z`) / 1000 });

describe('isNullText', () => {
  it.each(['NULL', ' null ', '', '   '])('takes %j as null', (text) => expect(isNullText(text)).toBe(true));
  it.each(['0', 'NULLO', '-'])('takes %j as a value', (text) => expect(isNullText(text)).toBe(false));
});

describe('parseNumberText', () => {
  it.each([
    ['0', 0],
    [' 44185 ', 44185],
    ['0.666666666666667', 0.666666666666667],
    ['12,5', 12.5],
    ['-1,5', -1.5],
    ['1e3', 1000],
    [',5', 0.5],
  ])('reads %j as %d', (text, value) => expect(parseNumberText(text)).toBe(value));

  it.each(['1.234,5', '1,234,567', '1.2.3', 'abc', '', '0x10', 'NaN', 'Infinity', '1e999', '12 5', '--1'])(
    'refuses %j',
    (text) => expect(parseNumberText(text)).toBeUndefined(),
  );

  it('reads every finite number back from its own text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const expected = value === 0 ? 0 : value;
        expect(parseNumberText(String(value))).toBe(expected);
        expect(parseNumberText(String(value).replace('.', ','))).toBe(expected);
      }),
    );
  });
});

describe('parseDateText', () => {
  it.each([
    ['2021-05-18', wall('2021-05-18T00:00:00')],
    ['2021-05-18T13:27:00', wall('2021-05-18T13:27:00')],
    ['2021-05-18 13:27', wall('2021-05-18T13:27:00')],
    ['2021/05/18', wall('2021-05-18T00:00:00')],
    ['18/05/2021', wall('2021-05-18T00:00:00')],
    ['03/04/2021 08:05:09', wall('2021-04-03T08:05:09')],
    ['18-05-2021', wall('2021-05-18T00:00:00')],
    ['18.05.2021', wall('2021-05-18T00:00:00')],
    [' 2021-05-18 ', wall('2021-05-18T00:00:00')],
    ['2021-05-18T23:59:59', wall('2021-05-18T23:59:59')],
    ['29/02/2024', wall('2024-02-29T00:00:00')],
    ['2021-05-18T13:27:00.600', wall('2021-05-18T13:27:01')],
  ])('reads %j', (text, expected) => expect(parseDateText(text)).toEqual(expected));

  it('keeps the instant of a text that names its offset', () => {
    expect(parseDateText('2021-05-18T13:27:00Z')).toEqual({ instant: Date.parse('2021-05-18T13:27:00Z') / 1000 });
    expect(parseDateText('2021-05-18T13:27:00+01:00')).toEqual({ instant: Date.parse('2021-05-18T12:27:00Z') / 1000 });
    expect(parseDateText('2021-05-18T13:27:00+0545')).toEqual({ instant: Date.parse('2021-05-18T07:42:00Z') / 1000 });
    expect(parseDateText('2021-05-18T13:27:00-03:30')).toEqual({ instant: Date.parse('2021-05-18T16:57:00Z') / 1000 });
  });

  it.each([
    '31/02/2021', '2021-13-01', '18/05/21', '05/18/2021', '2021-05-18T25:00', 'yesterday', '2021-02-29', '12',
    '2021-00-10', '2021-05-00', '2021-01-99', '2021-05-18T24:00', '2021-05-18T13:60', '2021-05-18T13:27:60',
    '2021-05-18Z', '2021-05-18+01:00', '18/05/2021 13:27Z',
  ])('refuses %j', (text) => expect(parseDateText(text)).toBeUndefined()); // prettier-ignore
});
