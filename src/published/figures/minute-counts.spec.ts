import fc from 'fast-check';
import { MinuteCounts } from './minute-counts';

/** Whole minutes less 2^15, as analytics.phase_period has them. */
function packed(minutes: readonly number[]): Uint16Array {
  return Uint16Array.from(minutes, (value) => value - 2 ** 15);
}

/** percentile_cont by sorting. */
function sortedQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (place - Math.floor(place)) * (above - below);
}

describe('MinuteCounts', () => {
  it('has quantiles between the two nearest ranks, in seconds', () => {
    const counts = new MinuteCounts();
    counts.addMinutes(packed([40, 10, 30, 20]), 0, 4);
    // 10, 20, 30, 40 minutes: the places are 0.5 x 3 = 1.5 and 0.9 x 3 = 2.7.
    expect(counts.quantile(0.5)).toBe(25 * 60);
    expect(counts.quantile(0.9)).toBe(37 * 60);
    expect(counts.size).toBe(4);
  });

  it('takes a part of the words where a part is named', () => {
    const counts = new MinuteCounts();
    counts.addMinutes(packed([1, 2, 3, 4]), 1, 3);
    expect([counts.size, counts.quantile(0), counts.quantile(1)]).toEqual([2, 120, 180]);
  });

  it('is what sorting gives, of minutes and seconds of any length, however often it was used before', () => {
    const minutes = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 65_535 }));
    const seconds = fc.oneof(
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 65_534 * 60, max: 65_537 * 60 }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    );
    const counts = new MinuteCounts();
    fc.assert(
      fc.property(
        fc.array(minutes, { maxLength: 100 }),
        fc.array(seconds, { minLength: 1, maxLength: 150 }),
        // Upwards, downwards and the same again: a search goes on where the last one ended.
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
        (whole, others, shares) => {
          counts.clear();
          counts.addMinutes(packed(whole), 0, whole.length);
          for (const value of others) counts.addSeconds(value);
          const all = [...whole.map((value) => value * 60), ...others];
          expect(counts.size).toBe(all.length);
          for (const share of shares) expect(counts.quantile(share)).toBe(sortedQuantile(all, share));
        },
      ),
      { numRuns: 500 },
    );
  });
});
