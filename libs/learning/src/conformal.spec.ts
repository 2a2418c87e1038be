import fc from 'fast-check';
import { corrected, correctInterval, NO_CORRECTION, widened } from './conformal';
import { Draws } from './draws';

const duration = fc.double({ min: 0, max: 500, noNaN: true });
const interval = fc.tuple(duration, duration, duration).map((ends) => {
  const [p10, p50, p90] = ends.sort((one, other) => one - other);
  return { p10, p50, p90 };
});

it('makes the intervals of the past hold at least nine of ten outcomes on either side, whatever they were', () => {
  const past = fc.array(fc.tuple(interval, duration), { minLength: 50, maxLength: 120 });
  fc.assert(
    fc.property(past, (pairs) => {
      const predictions = pairs.map(([prediction]) => prediction);
      const outcomes = pairs.map(([, outcome]) => outcome);
      const correction = correctInterval(predictions, outcomes);
      const ends = predictions.map((prediction) => corrected(prediction, correction));
      const inside = (holds: (row: number) => boolean) => outcomes.filter((_, row) => holds(row)).length;
      // A rounding error apart, since logarithms are taken and given back.
      expect(inside((row) => ends[row].p10 <= outcomes[row] + 1e-9)).toBeGreaterThanOrEqual(0.9 * outcomes.length - 1);
      expect(inside((row) => ends[row].p90 >= outcomes[row] - 1e-9)).toBeGreaterThanOrEqual(0.9 * outcomes.length - 1);
    }),
  );
});

it('narrows intervals that are too wide: a normal error gets its own eighty percent', () => {
  const random = new Draws(7);
  const outcomes = Array.from({ length: 2000 }, () => Math.expm1(4 + 0.5 * random.normal()));
  const middle = Math.expm1(4);
  const wide = { p10: 1, p50: middle, p90: 10_000 };
  const { p10, p90 } = corrected(
    wide,
    correctInterval(
      outcomes.map(() => wide),
      outcomes,
    ),
  );
  // The tenth and ninetieth percentile of a normal lie 1.2816 deviations from its mean.
  expect(Math.log1p(p10)).toBeCloseTo(4 - 1.2816 * 0.5, 1);
  expect(Math.log1p(p90)).toBeCloseTo(4 + 1.2816 * 0.5, 1);
});

it('leaves intervals as they are with fewer than 50 outcomes', () => {
  const one = { p10: 1, p50: 2, p90: 3 };
  expect(correctInterval(Array(49).fill(one), Array(49).fill(100))).toEqual({ ...NO_CORRECTION, outcomes: 49 });
});

it('keeps p50 where it is and inside, corrected or widened', () => {
  const move = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(interval, move, move, (one, below, above) => {
      for (const found of [corrected(one, { below, above, outcomes: 99 }), widened(one, 1.5)]) {
        expect(found.p50).toBe(one.p50);
        expect(found.p10).toBeGreaterThanOrEqual(0);
        expect(found.p10).toBeLessThanOrEqual(found.p50 + 1e-9);
        expect(found.p90).toBeGreaterThanOrEqual(found.p50 - 1e-9);
      }
    }),
  );
});
