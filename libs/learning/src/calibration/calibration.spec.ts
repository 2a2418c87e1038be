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

describe('an isotonic curve', () => {
  /** The rising rate that fits best at each score, by the formula of the least greatest mean to the right of it. */
  function slowRates(scores: readonly number[], outcomes: readonly number[]): Map<number, number> {
    const different = [...new Set(scores)].sort((one, other) => one - other);
    const rate = (from: number, to: number) => {
      const within = outcomes.filter((_, row) => scores[row] >= from && scores[row] <= to);
      return within.reduce((sum, outcome) => sum + outcome, 0) / within.length;
    };
    const rateAt = (place: number) =>
      Math.max(
        ...different.slice(0, place + 1).map((from) => Math.min(...different.slice(place).map((to) => rate(from, to)))),
      );
    return new Map(different.map((score, place) => [score, rateAt(place)]));
  }

  it('stands at the mean of the scores whose rates are one, with half a case on either side', () => {
    const few = fc.array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(few, (pairs) => {
        const scores = pairs.map(([score]) => score);
        const outcomes = pairs.map(([, outcome]) => outcome);
        const rates = slowRates(scores, outcomes);
        const pools = [...new Set(rates.values())].map((rate) => pairs.filter(([score]) => rates.get(score) === rate));
        const fitted = fitIsotonic(scores, outcomes);
        let least = 0;
        const expected = pools.map((pool) => {
          const ones = pool.filter(([, outcome]) => outcome === 1).length;
          least = Math.max(least, (ones + 0.5) / (pool.length + 1));
          return { score: pool.reduce((sum, [score]) => sum + score, 0) / pool.length, probability: least };
        });
        expect(fitted.scores).toEqual(expected.map(({ score }) => score));
        expect(fitted.probabilities).toEqual(expected.map(({ probability }) => probability));
      }),
    );
  });

  it('is flat outside of its points, and straight between them', () => {
    const curve = { scores: [-1, 1, 5], probabilities: [0.1, 0.3, 0.7] };
    const at = (score: number) => isotonicProbability(curve, score);
    expect([-9, -1, 1, 5, 9].map(at)).toEqual([0.1, 0.1, 0.3, 0.7, 0.7]);
    expect([at(0.5), at(2)]).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0.4, 12)]);
  });

  it('is none of nothing', () => {
    expect(() => fitIsotonic([], [])).toThrow(RangeError);
  });
});

describe('a logistic curve', () => {
  it('is where its loss is least: no step to any side lowers it, and it never falls', () => {
    fc.assert(
      fc.property(rows, (pairs) => {
        const ones = pairs.filter(([, outcome]) => outcome === 1).length;
        const { slope, offset } = fitPlatt(
          pairs.map(([score]) => score),
          pairs.map(([, outcome]) => outcome),
        );
        expect(slope).toBeGreaterThanOrEqual(0);
        if (slope === 0) return;
        // Platt's targets, and a pull towards slope 1 and offset 0 as of one case.
        const errors = pairs.map(([score, outcome]) => {
          const target = outcome === 1 ? (ones + 1) / (ones + 2) : 1 / (pairs.length - ones + 2);
          return 1 / (1 + Math.exp(-(slope * score + offset))) - target;
        });
        const bySlope = errors.reduce((sum, error, row) => sum + error * pairs[row][0], slope - 1);
        const byOffset = errors.reduce((sum, error) => sum + error, offset);
        expect(Math.abs(bySlope)).toBeLessThan(1e-6);
        expect(Math.abs(byOffset)).toBeLessThan(1e-6);
      }),
    );
  });

  it('turns no order round, where the outcomes would have it fall', () => {
    const fitted = fitPlatt([-3, -2, -1, 1, 2, 3], [1, 1, 1, 0, 0, 0]);
    expect(fitted.slope).toBe(0);
  });

  it('is 1 / (1 + exp(-(slope · score + offset))), and never nearer to certainty than one in ten thousand', () => {
    expect(plattProbability({ slope: 2, offset: -3 }, 1)).toBeCloseTo(1 / (1 + Math.E), 12);
    const at = (score: number) => plattProbability({ slope: 1, offset: 0 }, score);
    expect([at(-50), at(50)]).toEqual([1e-4, 1 - 1e-4]);
  });
});
