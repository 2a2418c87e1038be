import { type Matrix, rowOf } from '../matrix';
import { Draws } from '../draws';

/** What each feature contributes to one prediction. */
export interface Explanation {
  /** The prediction that is explained. */
  readonly prediction: number;
  /** The mean prediction of the background. */
  readonly base: number;
  /** By feature; base plus their sum is the prediction, but for rounding. */
  readonly contributions: Float64Array;
}

/**
 * Shapley values by sampling: features are set, one after the other in random order, from the values of a real row of
 * the background to those of the explained row, and each is credited with the change it makes. Every order is walked
 * forwards and backwards (antithetic, Mitchell et al. 2022), every background row once; so the contributions add up to
 * the prediction minus the base exactly, whatever the number of orders. The same seed gives the same values.
 *
 * @param predict one number per row
 * @param row the explained row
 * @param background rows of real cases, at least one
 */
export function shapley(
  predict: (rows: Matrix) => Float64Array,
  row: ArrayLike<number>,
  background: Matrix,
  seed: number,
): Explanation {
  const { columns } = background;
  if (background.rows === 0) throw new RangeError('there is no background to compare with');
  const random = new Draws(seed);
  const contributions = new Float64Array(columns);
  let base = 0;
  let prediction = 0;
  for (let index = 0; index < background.rows; index++) {
    const order = random.permutation(columns);
    for (const walk of [order, order.slice().reverse()]) {
      const steps = pathFrom(rowOf(background, index), row, walk);
      const values = predict(steps);
      for (let step = 0; step < columns; step++) contributions[walk[step]] += values[step + 1] - values[step];
      base += values[0];
      prediction += values[columns];
    }
  }
  const walks = 2 * background.rows;
  return { prediction: prediction / walks, base: base / walks, contributions: contributions.map((sum) => sum / walks) };
}

/** The rows from one to another, a feature at a time: one more than there are features. */
function pathFrom(from: ArrayLike<number>, to: ArrayLike<number>, order: Int32Array): Matrix {
  const columns = order.length;
  const values = new Float64Array((columns + 1) * columns);
  const present = Float64Array.from(from);
  values.set(present);
  order.forEach((feature, step) => {
    present[feature] = to[feature];
    values.set(present, (step + 1) * columns);
  });
  return { rows: columns + 1, columns, values };
}
