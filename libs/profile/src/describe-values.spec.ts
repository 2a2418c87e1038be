import { describeDistinct, describeRange, describeTypes, grouped, percent } from './describe-values';
import { mergeParts } from './merge-parts';
import { SheetProfiler } from './sheet-profiler';

describe('describe-values', () => {
  it('groups thousands', () => {
    expect([0, 999, 1000, 1078180].map(grouped)).toEqual(['0', '999', '1,000', '1,078,180']);
  });

  it('never rounds a rate to 0 % or 100 % that is not', () => {
    expect([0, 0.0004, 894 / 1233, 0.99999, 1, null].map(percent)).toEqual([
      '0.0 %',
      '< 0.1 %',
      '72.5 %',
      '> 99.9 %',
      '100.0 %',
      '',
    ]);
  });

  it('writes out the least and the greatest rate that can be shown, and those between', () => {
    // 0.1 % and 99.9 % are true of these; just beyond them only the marks are.
    expect([0.001, 0.00099, 0.9994, 0.9995].map(percent)).toEqual(['0.1 %', '< 0.1 %', '99.9 %', '> 99.9 %']);
  });

  it('names the type of a column, or all types with their counts', () => {
    const profiler = new SheetProfiler(['a', 'b', 'c'].map((name) => ({ name, trackKeys: false })));
    for (const value of [1, 2, 2.5]) profiler.number(0, value);
    profiler.number(1, 1);
    for (const value of ['1,5', '0.25', '2021-05-18', 'x']) profiler.text(2, value);
    profiler.number(2, 7);
    profiler.date(2, 0);
    const { columns } = mergeParts('S', [profiler.finish()]);
    expect(columns.map(describeTypes)).toEqual([
      'number',
      'whole number',
      '1 whole number, 4 text (2 read as numbers, 1 as dates), 1 date',
    ]);
  });

  it('says of texts what they read as, where they read as anything', () => {
    const typesOf = (...values: string[]): string => {
      const profiler = new SheetProfiler([{ name: 'x', trackKeys: false }]);
      for (const value of values) profiler.text(0, value);
      return describeTypes(mergeParts('S', [profiler.finish()]).columns[0]);
    };
    expect(typesOf()).toBe('');
    expect(typesOf('x')).toBe('text');
    expect(typesOf('x', '7')).toBe('text (1 read as numbers)');
    expect(typesOf('x', '2021-05-18')).toBe('text (1 as dates)');
  });

  it('gives the range of every type that a column holds', () => {
    const profiler = new SheetProfiler(['a', 'b', 'c'].map((name) => ({ name, trackKeys: false })));
    for (const value of [0, 0, 2.5, -1]) profiler.number(0, value);
    profiler.number(1, 7);
    // 1970-01-01T12:50:00 and a day later: 12·3,600 + 50·60 = 46,200 seconds.
    for (const value of [46_200, 46_200 + 86_400]) profiler.date(1, value);
    for (const value of ['ab', 'abcd']) profiler.text(1, value);
    const { columns } = mergeParts('S', [profiler.finish()]);
    expect(columns.map(describeRange)).toEqual([
      '-1 to 2.5, 2 zeros',
      '7 to 7; 1970-01-01 12:50:00 to 1970-01-02 12:50:00; 2 to 4 characters',
      '',
    ]);
  });

  it('marks an estimate and shows no more digits of it than are known', () => {
    const [column] = mergeParts('S', [new SheetProfiler([{ name: 'x', trackKeys: false }]).finish()]).columns;
    expect(describeDistinct({ ...column, distinct: 1_004_321, exact: true })).toBe('1,004,321');
    expect(describeDistinct({ ...column, distinct: 1_004_321, exact: false })).toBe('≈ 1,000,000');
    expect(describeDistinct({ ...column, distinct: 12_345, exact: false })).toBe('≈ 12,300');
  });
});
