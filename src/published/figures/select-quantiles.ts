/**
 * Continuous quantiles (percentile_cont: linear between the two nearest ranks) without sorting: each rank is selected, in
 * time linear in the number of values. The order of `values` is changed.
 *
 * @param values at least one
 * @param shares 0..1, ascending
 * @param base what the values were lessened by; added before anything is rounded
 */
export function selectQuantiles(values: Int32Array, shares: readonly number[], base = 0): number[] {
  const results: number[] = [];
  let from = 0;
  for (const share of shares) {
    const place = share * (values.length - 1);
    const rank = Math.floor(place);
    select(values, rank, from);
    // What was selected stands in its place, smaller ones before it and larger ones behind.
    from = rank;
    const below = values[rank] + base;
    const above = place === rank ? below : smallest(values, rank + 1) + base;
    results.push(below + (place - rank) * (above - below));
  }
  return results;
}

/** Hoare's selection among the values from `low` on, none of which is below those before. */
function select(values: Int32Array, rank: number, low: number): void {
  let high = values.length - 1;
  while (low < high) {
    const pivot = medianOfThree(values[low], values[(low + high) >> 1], values[high]);
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) left += 1;
      while (values[right] > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left];
      values[left] = values[right];
      values[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function smallest(values: Int32Array, from: number): number {
  let least = values[from];
  for (let place = from + 1; place < values.length; place += 1) if (values[place] < least) least = values[place];
  return least;
}
