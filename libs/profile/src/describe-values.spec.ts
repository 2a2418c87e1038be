import { describeDistinct, describeTypes, grouped, percent } from './describe-values';
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

  it('names the type of a column, or all types with their counts', () => {
    const profiler = new SheetProfiler(['a', 'b', 'c'].map((name) => ({ name, trackKeys: false })));
    for (const value of [1, 2, 2.5]) profiler.number(0, value);
    profiler.number(1, 1);
    for (const value of ['1,5', '0.25', '2021-05-18', 'x']) profiler.text(2, value);
    profiler.number(2, 7);
    const { columns } = mergeParts('S', [profiler.finish()]);
    expect(columns.map(describeTypes)).toEqual([
      'number',
      'whole number',
      '1 whole number, 4 text (2 read as numbers, 1 as dates)',
    ]);
  });

  it('marks an estimate and shows no more digits of it than are known', () => {
    const [column] = mergeParts('S', [new SheetProfiler([{ name: 'x', trackKeys: false }]).finish()]).columns;
    expect(describeDistinct({ ...column, distinct: 1_004_321, exact: true })).toBe('1,004,321');
    expect(describeDistinct({ ...column, distinct: 1_004_321, exact: false })).toBe('≈ 1,000,000');
    expect(describeDistinct({ ...column, distinct: 12_345, exact: false })).toBe('≈ 12,300');
  });
});
