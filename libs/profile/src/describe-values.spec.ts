import { describeDistinct, grouped, percent } from './describe-values';
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

  it('marks an estimate and shows no more digits of it than are known', () => {
    const [column] = mergeParts('S', [new SheetProfiler([{ name: 'x', trackKeys: false }]).finish()]).columns;
    expect(describeDistinct({ ...column, distinct: 1_004_321, exact: true })).toBe('1,004,321');
    expect(describeDistinct({ ...column, distinct: 1_004_321, exact: false })).toBe('≈ 1,000,000');
    expect(describeDistinct({ ...column, distinct: 12_345, exact: false })).toBe('≈ 12,300');
  });
});
