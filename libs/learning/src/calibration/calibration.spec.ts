import fc from 'fast-check';
import { fitIsotonic, isotonicProbability } from './isotonic';
import { fitPlatt, plattProbability } from './platt';
import { Draws } from '../draws';

const rows = fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 60,
});

it('gives probabilities that never fall and are never certain', () => {
  fc.assert(
    fc.property(rows, (pairs) => {
      const scores = pairs.map(([score]) => score);
      const outcomes = pairs.map(([, outcome]) => outcome);
      const isotonic = fitIsotonic(scores, outcomes);
      const platt = fitPlatt(scores, outcomes);
      const sorted = [-20, ...scores, 20].sort((one, other) => one - other);
      for (const probabilityOf of [
        (s: number) => isotonicProbability(isotonic, s),
        (s: number) => plattProbability(platt, s),
      ]) {
        const found = sorted.map(probabilityOf);
        found.forEach((probability, index) => {
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
          if (index > 0) expect(probability).toBeGreaterThanOrEqual(found[index - 1] - 1e-12);
        });
      }
    }),
  );
});

it('pools neighbours that are out of order', () => {
  // 0 then 1, 0 out of order: the last two pool to a rate of one half; half a case on either side.
  const fitted = fitIsotonic([1, 2, 3], [0, 1, 0]);
  expect(fitted.scores).toEqual([1, 2.5]);
  expect(fitted.probabilities).toEqual([0.5 / 2, 1.5 / 3]);
  expect(isotonicProbability(fitted, 1.75)).toBeCloseTo(0.375, 12);
});

it('finds the curve that outcomes were drawn from', () => {
  const random = new Draws(3);
  const scores = Array.from({ length: 20_000 }, () => 2 * random.normal());
  const outcomes = scores.map((score) => Number(random.uniform() < 1 / (1 + Math.exp(-(0.5 * score - 1)))));
  const { slope, offset } = fitPlatt(scores, outcomes);
  // Standard errors are about 0.011 and 0.02 with that many rows.
  expect(Math.abs(slope - 0.5)).toBeLessThan(0.04);
  expect(Math.abs(offset + 1)).toBeLessThan(0.06);
});
