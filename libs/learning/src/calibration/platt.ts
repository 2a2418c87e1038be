/** Probability = 1 / (1 + exp(-(slope · score + offset))). */
export interface Platt {
  readonly slope: number;
  readonly offset: number;
}

const STEPS = 200;
/** Longest step: where outcomes are parted cleanly, Newton's own would overshoot. */
const LONGEST_STEP = 1;
/** Pull towards the model's own odds, as of one case: outcomes that are parted cleanly have no best curve. */
const PULL = 1;
/** No probability is nearer to certainty than this. */
const LEAST = 1e-4;

/**
 * Fits a logistic curve through outcomes (Platt 1999, with his smoothed targets), by Newton's method. The slope is kept
 * from falling below 0: calibration changes how sure a model is, not its order.
 *
 * @param scores log odds of a model
 * @param outcomes 0 or 1
 */
export function fitPlatt(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Platt {
  let ones = 0;
  for (let row = 0; row < outcomes.length; row++) ones += outcomes[row];
  const high = (ones + 1) / (ones + 2);
  const low = 1 / (outcomes.length - ones + 2);
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < STEPS; step++) {
    let [gradientSlope, gradientOffset, slopes, both, offsets] = [PULL * (slope - 1), PULL * offset, PULL, 0, PULL];
    for (let row = 0; row < outcomes.length; row++) {
      const probability = 1 / (1 + Math.exp(-(slope * scores[row] + offset)));
      const error = probability - (outcomes[row] === 1 ? high : low);
      const weight = probability * (1 - probability);
      gradientSlope += error * scores[row];
      gradientOffset += error;
      slopes += weight * scores[row] * scores[row];
      both += weight * scores[row];
      offsets += weight;
    }
    const determinant = slopes * offsets - both * both;
    const slopeStep = limited((offsets * gradientSlope - both * gradientOffset) / determinant);
    const offsetStep = limited((slopes * gradientOffset - both * gradientSlope) / determinant);
    slope -= slopeStep;
    offset -= offsetStep;
    if (Math.abs(slopeStep) + Math.abs(offsetStep) < 1e-10) break;
  }
  return { slope: Math.max(0, slope), offset };
}

/** The probability of a score. */
export function plattProbability({ slope, offset }: Platt, score: number): number {
  return Math.min(1 - LEAST, Math.max(LEAST, 1 / (1 + Math.exp(-(slope * score + offset)))));
}

function limited(step: number): number {
  return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
}
