import { mean } from '../quantile';

/** How good probabilities were. */
export interface ClassificationMeasures {
  readonly rows: number;
  /** Share of the rows where it happened. */
  readonly rate: number;
  /** Mean probability. */
  readonly predicted: number;
  /** Probability that a row where it happened was given more than one where it did not; ties count half. NaN when all rows are alike. */
  readonly auc: number;
  /** Mean squared difference of probability and outcome. */
  readonly brier: number;
  /** Mean logarithmic loss. */
  readonly logLoss: number;
}

/** A group of rows with about the same probability. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Mean probability, share where it happened. */
  readonly predicted: number;
  readonly observed: number;
}

const LEAST_PROBABILITY = 1e-6;

/**
 * @param outcomes 0 or 1
 * @throws RangeError when there are not as many probabilities as outcomes
 */
export function measureClassification(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): ClassificationMeasures {
  if (probabilities.length !== outcomes.length) {
    throw new RangeError(`${probabilities.length} probabilities for ${outcomes.length} outcomes`);
  }
  const losses = Array.from(outcomes, (outcome, row) => {
    const right = outcome === 1 ? probabilities[row] : 1 - probabilities[row];
    return -Math.log(Math.max(right, LEAST_PROBABILITY));
  });
  return {
    rows: outcomes.length,
    rate: mean(outcomes),
    predicted: mean(probabilities),
    auc: areaUnderCurve(probabilities, outcomes),
    brier: mean(Array.from(outcomes, (outcome, row) => (probabilities[row] - outcome) ** 2)),
    logLoss: mean(losses),
  };
}

/** Area under the ROC curve, by the ranks of the rows (Mann and Whitney); NaN where a score is no number and has no rank. */
export function areaUnderCurve(scores: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  if (Array.from(scores).some(Number.isNaN)) return NaN;
  const order = Array.from(scores, (_, row) => row).sort((one, other) => scores[one] - scores[other]);
  let ranks = 0;
  let ones = 0;
  for (let begin = 0; begin < order.length;) {
    let end = begin;
    while (end < order.length && scores[order[end]] === scores[order[begin]]) end++;
    // Rows with one score share the mean of their ranks begin + 1 … end.
    for (let place = begin; place < end; place++) {
      if (outcomes[order[place]] !== 1) continue;
      ranks += (begin + 1 + end) / 2;
      ones++;
    }
    begin = end;
  }
  const zeros = order.length - ones;
  return ones === 0 || zeros === 0 ? NaN : (ranks - (ones * (ones + 1)) / 2) / (ones * zeros);
}

/** What a reliability diagram shows: tenths of the probability, those without rows left out. */
export function reliability(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): ReliabilityBin[] {
  const found: ReliabilityBin[] = [];
  for (let tenth = 0; tenth < 10; tenth++) {
    const inBin = Array.from(probabilities, (_, row) => row).filter(
      (row) => Math.min(9, Math.floor(probabilities[row] * 10)) === tenth,
    );
    if (inBin.length === 0) continue;
    found.push({
      from: tenth / 10,
      to: (tenth + 1) / 10,
      rows: inBin.length,
      predicted: mean(inBin.map((row) => probabilities[row])),
      observed: mean(inBin.map((row) => outcomes[row])),
    });
  }
  return found;
}
