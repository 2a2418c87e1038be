import fc from 'fast-check';
import { growthExponent, highest, median } from './figures';

describe('median', () => {
  it('is the middle value whatever the order', () => expect(median([9, 1, 4])).toBe(4));
  it('is the mean of the middle two of an even number', () => expect(median([4, 1, 9, 2])).toBe((2 + 4) / 2));
  it('refuses an empty list', () => expect(() => median([])).toThrow(RangeError));
});

describe('growthExponent', () => {
  it('finds the exponent of any power law', () => {
    const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(positive, fc.double({ min: -3, max: 3, noNaN: true }), (factor, exponent) => {
        const points = [0.1, 1, 3].map((x) => ({ x, y: factor * x ** exponent }));
        expect(growthExponent(points)).toBeCloseTo(exponent, 6);
      }),
    );
  });

  it('is below 1 where a fixed cost comes first', () => {
    // y = 1 + x: from 1.1 to 4 while x goes from 0.1 to 3.
    expect(growthExponent([0.1, 1, 3].map((x) => ({ x, y: 1 + x })))).toBeLessThan(1);
  });

  it('refuses sizes that do not differ', () => {
    expect(() => growthExponent([1, 1].map((x) => ({ x, y: 2 })))).toThrow('must differ');
  });
});

describe('highest', () => {
  it('leaves out what could not be measured', () => expect(highest([3, NaN, 7])).toBe(7));
  it('is unknown where nothing was measured', () => expect(highest([NaN])).toBeNaN());
});
