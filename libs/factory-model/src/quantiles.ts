/** The middles of ten equal shares: a draw of one of them is a draw from the whole, without its last extremes. */
const SHARES = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];

/** A continuous quantile of values in increasing order (PostgreSQL's percentile_cont). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** The 5 %, 15 %, … 95 % quantiles of values in increasing order, whole. */
export function decilesOf(sorted: ArrayLike<number>): number[] {
  return SHARES.map((share) => Math.round(quantile(sorted, share)));
}

/** The same of a distribution given by its quantile function. */
export function decilesBy(quantileOf: (share: number) => number): number[] {
  return SHARES.map((share) => Math.round(quantileOf(share)));
}

/** The value at a share, 0..1, between the deciles; flat beyond the first and the last. */
export function atShare(deciles: readonly number[], share: number): number {
  const place = Math.min(Math.max(share * 10 - 0.5, 0), deciles.length - 1);
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return Math.round(deciles[below] + (deciles[above] - deciles[below]) * (place - below));
}

/** The values in ascending order; what is given stays as it is. */
export function sortedCopy(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}
