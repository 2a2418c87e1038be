import { measureClassification } from '../measures/classification';
import type { Calibration } from '../models/artefact';
import { fitIsotonic, isotonicProbability } from './isotonic';
import { fitPlatt, plattProbability } from './platt';

/**
 * Isotonic or Platt, whichever did better on the later half of the outcomes after it was fitted on the earlier; then
 * fitted on all. Platt's two numbers are harder to fit to chance.
 *
 * @param scores log odds, in order of time
 * @param outcomes 0 or 1
 */
export function calibrate(scores: Float64Array, outcomes: Float64Array): Calibration {
  const middle = scores.length >> 1;
  const one = { scores: scores.subarray(0, middle), outcomes: outcomes.subarray(0, middle) };
  const other = { scores: scores.subarray(middle), outcomes: outcomes.subarray(middle) };
  if (middle === 0) return { kind: 'platt', curve: fitPlatt(scores, outcomes) };
  const isotonic: Calibration = { kind: 'isotonic', curve: fitIsotonic(one.scores, one.outcomes) };
  const platt: Calibration = { kind: 'platt', curve: fitPlatt(one.scores, one.outcomes) };
  const lossOf = (calibration: Calibration): number =>
    measureClassification(
      other.scores.map((score) => calibrated(calibration, score)),
      other.outcomes,
    ).logLoss;
  return lossOf(isotonic) < lossOf(platt)
    ? { kind: 'isotonic', curve: fitIsotonic(scores, outcomes) }
    : { kind: 'platt', curve: fitPlatt(scores, outcomes) };
}

/** The probability of a score. */
export function calibrated(calibration: Calibration, score: number): number {
  return calibration.kind === 'isotonic'
    ? isotonicProbability(calibration.curve, score)
    : plattProbability(calibration.curve, score);
}
