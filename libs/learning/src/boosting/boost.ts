import type { Matrix } from '../matrix';
import { quantile } from '../quantile';
import { Draws } from '../draws';
import { binned } from './bins';
import { growTree, type Tree, type TreeSettings, valueOf } from './tree';

/** What is minimised: the pinball loss of a quantile, or the logarithmic loss of a probability (in log odds). */
export type Loss = { readonly kind: 'pinball'; readonly share: number } | { readonly kind: 'logistic' };

export interface BoostSettings extends TreeSettings {
  readonly rounds: number;
  /** Share of each tree's values that is added. */
  readonly rate: number;
  /** Shares of rows and features that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
  readonly seed: number;
}

/** A sum of trees: its prediction is a quantile, or log odds. */
export interface BoostedTrees {
  readonly base: number;
  readonly trees: readonly Tree[];
}

export const BOOST_SETTINGS: BoostSettings = {
  rounds: 250,
  rate: 0.05,
  leaves: 16,
  minimumRows: 40,
  ridge: 5,
  rowShare: 0.7,
  featureShare: 0.5,
  seed: 1,
};

/** The prediction for one row. */
export function boostedValue({ base, trees }: BoostedTrees, row: ArrayLike<number>): number {
  let sum = base;
  for (const tree of trees) sum += valueOf(tree, row);
  return sum;
}

/**
 * Gradient boosting (Friedman 2001) with histograms, and for quantiles with leaves that hold the quantile of what is
 * left in them. The same rows and settings give the same trees.
 *
 * @param targets numbers, or 0 and 1 for the logistic loss
 * @param columns those that the trees may ask for
 */
export function boost(
  data: Matrix,
  targets: Float64Array,
  columns: readonly number[],
  loss: Loss,
  settings: BoostSettings,
): BoostedTrees {
  const { rows } = data;
  const random = new Draws(settings.seed);
  const bins = binned(data);
  const base = loss.kind === 'pinball' ? quantile(targets, loss.share) : logOdds(targets);
  const present = new Float64Array(rows).fill(base);
  const first = new Float64Array(rows);
  const second = new Float64Array(rows).fill(1);
  const trees: Tree[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    derive(loss, targets, present, first, second);
    const seen = random.sample(Math.max(1, Math.round(rows * settings.rowShare)), rows);
    const wanted = Math.max(1, Math.round(columns.length * settings.featureShare));
    const features = random.sample(wanted, columns.length).map((place) => columns[place]);
    const { tree, leafRows } = growTree(bins, seen, features, first, second, settings);
    for (const [leaf, held] of leafRows) {
      if (loss.kind === 'pinball') {
        tree.value[leaf] = quantile(
          Float64Array.from(held, (row) => targets[row] - present[row]),
          loss.share,
        );
      }
      tree.value[leaf] *= settings.rate;
    }
    for (let row = 0; row < rows; row++) {
      present[row] += valueOf(tree, data.values.subarray(row * data.columns, (row + 1) * data.columns));
    }
    trees.push(tree);
  }
  return { base, trees };
}

function logOdds(targets: Float64Array): number {
  const ones = targets.reduce((sum, target) => sum + target, 0);
  // Half a case on either side, so that a past without an error, or with nothing else, is no certainty.
  return Math.log((ones + 0.5) / (targets.length - ones + 0.5));
}

function derive(
  loss: Loss,
  targets: Float64Array,
  present: Float64Array,
  first: Float64Array,
  second: Float64Array,
): void {
  for (let row = 0; row < targets.length; row++) {
    if (loss.kind === 'pinball') {
      first[row] = targets[row] > present[row] ? -loss.share : 1 - loss.share;
    } else {
      const probability = 1 / (1 + Math.exp(-present[row]));
      first[row] = probability - targets[row];
      second[row] = Math.max(probability * (1 - probability), 1e-6);
    }
  }
}
