import { bucketOf, daysBetween } from './due-bucket';

describe('bucketOf', () => {
  it.each([
    [-1, 'OVERDUE'],
    [0, 'DUE_7D'],
    [7, 'DUE_7D'],
    [8, 'DUE_14D'],
    [14, 'DUE_14D'],
    [15, 'SAFE'],
  ])('puts %i days left into %s', (days, bucket) => {
    expect(bucketOf(days)).toBe(bucket);
  });
});

describe('daysBetween', () => {
  it('counts calendar days, whatever the clocks do in between', () => {
    expect(daysBetween('2025-03-29', '2025-03-31')).toBe(2);
    expect(daysBetween('2025-10-25', '2025-10-27')).toBe(2);
    expect(daysBetween('2025-12-11', '2025-12-10')).toBe(-1);
  });
});
