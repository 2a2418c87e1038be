import fc from 'fast-check';
import { selectQuantiles } from './select-quantiles';

describe('selectQuantiles', () => {
  it('lies between the two nearest ranks, as percentile_cont does', () => {
    // 10, 20, 30, 40: the places are 0.5 x 3 = 1.5 and 0.9 x 3 = 2.7.
    expect(selectQuantiles(Uint32Array.from([40, 10, 30, 20]), [0.5, 0.9])).toEqual([25, 37]);
    expect(selectQuantiles(Uint32Array.from([7]), [0.5, 0.9])).toEqual([7, 7]);
    expect(selectQuantiles(Uint32Array.from([2 ** 32 - 1, 2 ** 32 - 3]), [0.1])).toEqual([2 ** 32 - 3 + 0.1 * 2]);
  });

  it('is what sorting gives, whatever repeats and in whatever order it comes', () => {
    const values = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 300 }),
      fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(values, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (numbers, shares) => {
        const ascending = [...shares].sort((a, b) => a - b);
        const sorted = [...numbers].sort((a, b) => a - b);
        const expected = ascending.map((share) => {
          const place = share * (sorted.length - 1);
          const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
          return below + (place - Math.floor(place)) * (above - below);
        });
        expect(selectQuantiles(Uint32Array.from(numbers), ascending)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
