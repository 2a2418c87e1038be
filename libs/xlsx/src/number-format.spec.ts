import { isBuiltInDateFormat, isDateFormatCode } from './number-format';

describe('isDateFormatCode', () => {
  it.each([
    ['yyyy-mm-dd'],
    ['dd/mm/yyyy hh:mm'],
    ['D/M/YY'],
    ['h:mm AM/PM'],
    ['[h]:mm'],
    ['[hh]'],
    ['[mm]:ss'],
    ['[ss].00'],
    ['[$-409]d-mmm-yy;@'],
    ['[$-F800]dddd\\, mmmm dd\\, yyyy'],
    ['[Red]dd.mm.'],
    ['"Day "d'],
    ['General;[Blue]yyyy'],
    ['0;0;"am" h'],
    ['A/P'],
    ['mm:ss.0'],
    ...['d', 'D', 'm', 'M', 'y', 'Y', 'h', 'H', 's', 'S'].map((letter) => [`0${letter}`]),
    ...['a/p', 'am/pm', 'Am/Pm', '[H]', '[S]', '[M]', '[hH]', '[mmm]'].map((code) => [code]),
    ['""d'],
    ['[]d'],
    ['\\dd'],
    ['_ad'],
    ['*ad'],
    ['[Red]"d"\\d_d*dd'],
  ])('takes %s as a date', (code) => {
    expect(isDateFormatCode(code)).toBe(true);
  });

  it.each([
    [''],
    ['General'],
    ['0.00'],
    ['#,##0.00;[Red]-#,##0.00'],
    ['[Magenta][<=100]0'],
    ['0.00E+00'],
    ['"d"0'],
    ['0" dias"'],
    ['0\\d'],
    ['0\\h\\ '],
    ['_d0_y'],
    ['*d0'],
    ['[$€-2] #,##0'],
    ['[$USD] 0'],
    ['[DBNum1]0'],
    ['@'],
    ['0%'],
    ['# ??/??'],
    ['"unclosed dd'],
    ['[unclosed dd'],
    ['[]'],
    ['[hm]'],
    ['[h1]'],
    ['[ h]'],
    ['A'],
    ['a/'],
    ['xa/x'],
    ['"d'],
    ['\\'],
    ['0\\d\\m'],
    ['"a"0"m"'],
    ['[d]0[y]'],
  ])('takes %s as no date', (code) => {
    expect(isDateFormatCode(code)).toBe(false);
  });
});

describe('isBuiltInDateFormat', () => {
  it('knows the ids of ECMA-376 18.8.30 that show dates, and their neighbours that do not', () => {
    const dates = Array.from({ length: 164 }, (_, id) => id).filter(isBuiltInDateFormat);
    const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    expect(dates).toEqual([...range(14, 22), ...range(27, 36), ...range(45, 47), ...range(50, 58), ...range(71, 81)]);
  });
});
