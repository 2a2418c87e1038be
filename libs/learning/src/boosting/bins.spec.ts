import fc from 'fast-check';
import { matrixOf } from '../matrix';
import { slowQuantile } from '../testing/slow-past';
import { binned, BINS, MISSING_BIN } from './bins';

/** Few different values, so that many are equal, some of them not known. */
const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -9, max: 9, noNaN: true }), fc.constant(NaN));
const rows = fc.array(fc.tuple(value, value, fc.constant(NaN)), { minLength: 1, maxLength: 200 });

describe('the bins of a column', () => {
  it('are as many as bounds lie below a value; what is not known has one of its own', () => {
    fc.assert(
      fc.property(rows, (values) => {
        const { rows: count, columns, bins, bounds } = binned(matrixOf(values, 3));
        expect([count, columns, bins.length, bounds.length]).toEqual([values.length, 3, 3 * values.length, 3]);
        const expected = [0, 1, 2].flatMap((column) =>
          values.map((row) =>
            Number.isNaN(row[column]) ? 64 : bounds[column].filter((bound) => bound < row[column]).length,
          ),
        );
        expect([...bins]).toEqual(expected);
        // Nothing is known of the last column: there is nothing to ask for.
        expect(bounds[2].length).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('have the 63 bounds that cut the known values into 64 equal parts, each different one once, increasing', () => {
    fc.assert(
      fc.property(rows, (values) => {
        const { bounds } = binned(matrixOf(values, 3));
        const known = values.map(([first]) => first).filter((each) => !Number.isNaN(each));
        const cuts = Array.from({ length: known.length === 0 ? 0 : 63 }, (_, cut) =>
          slowQuantile(known, (cut + 1) / 64),
        );
        // Rounding may part bounds that are equal by a hair.
        for (const cut of cuts) expect(bounds[0].some((bound) => Math.abs(bound - cut) < 1e-12)).toBe(true);
        for (const bound of bounds[0]) expect(cuts.some((cut) => Math.abs(bound - cut) < 1e-12)).toBe(true);
        expect(bounds[0].every((bound, index) => index === 0 || bound > bounds[0][index - 1])).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('hold about equally many rows, a bin each where there are 64 values', () => {
    const { bins, bounds } = binned(
      matrixOf(
        Array.from({ length: 64 }, (_, index) => [63 - index]),
        1,
      ),
    );
    expect([...bins]).toEqual(Array.from({ length: 64 }, (_, index) => 63 - index));
    expect(bounds[0].length).toBe(63);
    expect([MISSING_BIN, BINS]).toEqual([64, 65]);
  });
});
