import { mean, quantile } from '../quantile';

/** A prediction of a number with an interval that should hold it four times in five. */
export interface Quantiles {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** How good predictions were; in the unit of the targets, shares 0..1. */
export interface RegressionMeasures {
  readonly rows: number;
  /** Mean absolute error of p50. */
  readonly mae: number;
  /** Mean of |error| / target over targets of at least 1; NaN where there is none. */
  readonly mape: number;
  /** 90 % of the absolute errors are not above it. */
  readonly p90Error: number;
  /** Mean of p50 - target: negative is too early. */
  readonly bias: number;
  /** Mean pinball loss over p10, p50 and p90. */
  readonly pinball: number;
  /** Share of targets from p10 to p90. */
  readonly coverage: number;
  /** Mean of p90 - p10. */
  readonly width: number;
}

/** @throws RangeError when there are not as many predictions as targets */
export function measureRegression(predictions: readonly Quantiles[], targets: ArrayLike<number>): RegressionMeasures {
  if (predictions.length !== targets.length) {
    throw new RangeError(`${predictions.length} predictions for ${targets.length} targets`);
  }
  const errors = predictions.map(({ p50 }, row) => p50 - targets[row]);
  const sized = errors.map(Math.abs);
  const relative = sized.map((error, row) => error / targets[row]).filter((_, row) => targets[row] >= 1);
  return {
    rows: predictions.length,
    mae: mean(sized),
    mape: mean(relative),
    p90Error: quantile(sized, 0.9),
    bias: mean(errors),
    pinball: mean(predictions.map((prediction, row) => pinballOf(prediction, targets[row]))),
    coverage: mean(predictions.map(({ p10, p90 }, row) => Number(p10 <= targets[row] && targets[row] <= p90))),
    width: mean(predictions.map(({ p10, p90 }) => p90 - p10)),
  };
}

/** The loss that the quantile of a share minimises. */
export function pinballLoss(prediction: number, target: number, share: number): number {
  return target >= prediction ? share * (target - prediction) : (1 - share) * (prediction - target);
}

function pinballOf({ p10, p50, p90 }: Quantiles, target: number): number {
  return (pinballLoss(p10, target, 0.1) + pinballLoss(p50, target, 0.5) + pinballLoss(p90, target, 0.9)) / 3;
}
