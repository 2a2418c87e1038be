import type { Matrix } from '../matrix';
import { quantile } from '../quantile';
import { Draws } from '../draws';

/** How much worse predictions get when one feature is shuffled among the rows. */
export interface Importance {
  readonly feature: number;
  /** Mean rise of the loss over the repetitions, and the interval that nine of ten lie in. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Permutation importance (Breiman 2001) with repetitions. Features that say nearly the same share theirs: each can
 * stand in for the other.
 *
 * @param loss of predictions for all rows, in their order; lower is better
 */
export function permutationImportance(
  predict: (rows: Matrix) => Float64Array,
  loss: (predictions: Float64Array) => number,
  data: Matrix,
  repetitions: number,
  seed: number,
): Importance[] {
  const random = new Draws(seed);
  const before = loss(predict(data));
  return Array.from({ length: data.columns }, (_, feature) => {
    const rises = Array.from({ length: repetitions }, () => {
      const shuffled = { ...data, values: data.values.slice() };
      random.permutation(data.rows).forEach((source, row) => {
        shuffled.values[row * data.columns + feature] = data.values[source * data.columns + feature];
      });
      return loss(predict(shuffled)) - before;
    });
    return {
      feature,
      mean: rises.reduce((sum, rise) => sum + rise, 0) / repetitions,
      low: quantile(rises, 0.05),
      high: quantile(rises, 0.95),
    };
  });
}
