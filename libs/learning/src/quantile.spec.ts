import { mean, quantile, quantileSorted } from './quantile';

it('lies on a straight line between neighbours, as percentile_cont', () => {
  // Places 0, 1 and 2: a quarter is place 0.5, nine tenths place 1.8.
  expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantileSorted([10, 20, 40], share))).toEqual([
    ...[10, 15, 20, expect.closeTo(36, 12), 40],
  ]);
  expect(quantileSorted([7], 0.3)).toBe(7);
});

it('is the least or the greatest value for shares outside of 0 to 1', () => {
  expect([quantileSorted([1, 2], -3), quantileSorted([1, 2], 3)]).toEqual([1, 2]);
});

it('takes values in any order, by their numbers and not their digits, and leaves them as they are', () => {
  const values = [100, 9, 20];
  expect([quantile(values, 0), quantile(values, 0.5), quantile(values, 1)]).toEqual([9, 20, 100]);
  expect(values).toEqual([100, 9, 20]);
});

it('knows none of no values', () => {
  expect([quantileSorted([], 0.5), quantile([], 0.5), mean([])]).toEqual([NaN, NaN, NaN]);
});

it('means the sum divided by the count', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean(Float64Array.of(5))).toBe(5);
});
