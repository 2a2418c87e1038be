import { boostedValue, type BoostedTrees } from '../boosting/boost';
import type { Quantiles } from '../measures/regression';
import { type Network, networkOutputs } from '../network/network';

/**
 * Something learned: a network and boosted trees side by side, whose mean it answers. The two err in different ways,
 * so that their mean is seldom worse than the better one. What it predicts depends on a row of its features alone.
 */
export interface Model {
  /** Of durations: the logarithm of one more than p50, and how far p10 and p90 lie from it. Of events: log odds. */
  readonly network: Network;
  /** Of durations: p10, p50 and p90. Of events: log odds. */
  readonly trees: readonly BoostedTrees[];
}

/** A duration, of a model with three outputs: never below 0, and its quantiles cannot cross. */
export function quantilesOf(model: Model, row: ArrayLike<number>): Quantiles {
  const network = networkQuantiles(model.network, row);
  const trees = treeQuantiles(model.trees, row);
  return {
    p10: (network.p10 + trees.p10) / 2,
    p50: (network.p50 + trees.p50) / 2,
    p90: (network.p90 + trees.p90) / 2,
  };
}

/** p50 alone, which is what explanations walk through thousands of times. */
export function medianOf({ network, trees }: Model, row: ArrayLike<number>): number {
  return (durationOf(networkOutputs(network, row)[0]) + Math.max(0, boostedValue(trees[1], row))) / 2;
}

/** Log odds, of a model with one output. */
export function logOddsOf({ network, trees }: Model, row: ArrayLike<number>): number {
  return (networkOutputs(network, row)[0] + boostedValue(trees[0], row)) / 2;
}

/** What the network alone answers. */
export function networkQuantiles(network: Network, row: ArrayLike<number>): Quantiles {
  const [middle, below, above] = networkOutputs(network, row);
  return {
    p10: durationOf(middle - softplus(below)),
    p50: durationOf(middle),
    p90: durationOf(middle + softplus(above)),
  };
}

/** What the trees alone answer: each quantile is learned by itself, so the ends are kept on their sides of p50. */
export function treeQuantiles(trees: readonly BoostedTrees[], row: ArrayLike<number>): Quantiles {
  const [low, middle, high] = trees.map((each) => Math.max(0, boostedValue(each, row)));
  return { p10: Math.min(low, middle), p50: middle, p90: Math.max(middle, high) };
}

/** Beyond e^12 days no duration is meant: far outside of what it learned from, a network may answer anything. */
const LONGEST = 12;

function durationOf(logarithm: number): number {
  return Math.max(0, Math.expm1(Math.min(LONGEST, logarithm)));
}

function softplus(value: number): number {
  return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
}
