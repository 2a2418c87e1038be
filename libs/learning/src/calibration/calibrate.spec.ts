import fc from 'fast-check';
import { Draws } from '../draws';
import { calibrate, calibrated } from './calibrate';
import { fitIsotonic, isotonicProbability } from './isotonic';
import { fitPlatt, plattProbability } from './platt';

type Curve = (score: number) => number;

/** Outcomes that happen more often the higher the score, along a curve or at one step. */
function drawn(seed: number, isStep: boolean) {
  const draws = new Draws(seed);
  const scores = Float64Array.from({ length: 4 + draws.below(80) }, () => 3 * draws.normal());
  const chance = (score: number) => (isStep ? (score > 2 ? 0.95 : 0.4) : 1 / (1 + Math.exp(-score)));
  return { scores, outcomes: scores.map((score) => Number(draws.uniform() < chance(score))) };
}

/** The mean logarithm of what the outcomes had been given. */
const lossOf = (curve: Curve, scores: Float64Array, outcomes: Float64Array) =>
  scores.reduce((sum, score, row) => {
    const given = outcomes[row] === 1 ? curve(score) : 1 - curve(score);
    return sum - Math.log(given) / scores.length;
  }, 0);

it('takes the curve that did better on the later half, fitted on the earlier, and fits it on all', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.boolean(), (seed, isStep) => {
      const { scores, outcomes } = drawn(seed, isStep);
      const middle = Math.floor(scores.length / 2);
      const earlier = [scores.slice(0, middle), outcomes.slice(0, middle)] as const;
      const later = [scores.slice(middle), outcomes.slice(middle)] as const;
      const isotonic = fitIsotonic(...earlier);
      const platt = fitPlatt(...earlier);
      const isBetter =
        lossOf((score) => isotonicProbability(isotonic, score), ...later) <
        lossOf((score) => plattProbability(platt, score), ...later);
      const found = calibrate(scores, outcomes);
      kinds.add(found.kind);
      expect(found).toEqual(
        isBetter
          ? { kind: 'isotonic', curve: fitIsotonic(scores, outcomes) }
          : { kind: 'platt', curve: fitPlatt(scores, outcomes) },
      );
    }),
  );
  expect(kinds).toEqual(new Set(['isotonic', 'platt']));
});

it('takes the curve with two numbers where there is no earlier half', () => {
  const one = [Float64Array.of(2), Float64Array.of(1)] as const;
  expect(calibrate(...one)).toEqual({ kind: 'platt', curve: fitPlatt(...one) });
});

it('gives the probability of its own curve', () => {
  const isotonic = { scores: [0, 1], probabilities: [0.2, 0.4] };
  expect(calibrated({ kind: 'isotonic', curve: isotonic }, 0.5)).toBeCloseTo(0.3, 12);
  expect(calibrated({ kind: 'platt', curve: { slope: 2, offset: 1 } }, 0.5)).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
});

it('ends with no probability where a model answers no numbers, so that the model loses', () => {
  const scores = Float64Array.of(1, NaN, 2, NaN, 3, NaN);
  const found = calibrate(scores, Float64Array.of(0, 1, 1, 0, 1, 0));
  expect([1, NaN].map((score) => calibrated(found, score))).toEqual([NaN, NaN]);
});
