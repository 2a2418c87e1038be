import { atShare, decilesBy, decilesOf, quantile, sortedCopy } from './quantiles';

const TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((each) => each * 100);

describe('a quantile', () => {
  it('is a value, or lies between two of them by its share', () => {
    // Four values have three distances: at a half it is the middle of the second, at a quarter three quarters of the first.
    const values = [10, 20, 40, 80];
    expect([0, 0.25, 1 / 3, 0.5, 0.75, 1].map((share) => quantile(values, share))).toEqual([10, 17.5, 20, 30, 50, 80]);
    expect(quantile([7], 0.95)).toBe(7);
  });
});

describe('ten quantiles', () => {
  it('are the middles of ten equal shares, whole', () => {
    // 0 to 100: the value is the share in per cent.
    const hundred = Array.from({ length: 101 }, (_, each) => each);
    const middles = [5, 15, 25, 35, 45, 55, 65, 75, 85, 95];
    expect(decilesOf(hundred)).toEqual(middles);
    expect(decilesBy((share) => 100 * share)).toEqual(middles);
    // 0.05, 0.15, … of 0 to 6: 0.3, 0.9, 1.5, 2.1, …
    expect(decilesOf([0, 6])).toEqual([0, 1, 2, 2, 3, 3, 4, 5, 5, 6]);
    expect(decilesBy((share) => 6 * share)).toEqual([0, 1, 2, 2, 3, 3, 4, 5, 5, 6]);
  });

  it('give back the value of a share, and none beyond the first and the last', () => {
    expect([0.05, 0.15, 0.55, 0.95].map((share) => atShare(TEN, share))).toEqual([100, 200, 600, 1000]);
    // Half way between two middles, and a quarter.
    expect([0.1, 0.5, 0.9].map((share) => atShare(TEN, share))).toEqual([150, 550, 950]);
    expect(atShare(TEN, 0.075)).toBe(125);
    expect([0, 0.049, 0.951, 1].map((share) => atShare(TEN, share))).toEqual([100, 100, 1000, 1000]);
    // Whole: 0.5 lies between 1 and 2.
    expect(atShare([0, 0, 0, 0, 1, 2, 2, 2, 2, 2], 0.5)).toBe(2);
    // What was pooled may be shorter.
    expect(atShare([4], 0.5)).toBe(4);
  });
});

describe('a sorted copy', () => {
  it('is in ascending order of the numbers, and leaves what is given as it is', () => {
    const given = [10, 9, 100, 1];
    expect([...sortedCopy(given)]).toEqual([1, 9, 10, 100]);
    expect(given).toEqual([10, 9, 100, 1]);
  });
});
