/** Distinct values with how often each occurred, as two columns of equal length. */
export interface Counted<T> {
  readonly values: ArrayLike<T>;
  readonly counts: ArrayLike<number>;
}

export interface Ranked<T> {
  readonly value: T;
  readonly count: number;
}

/**
 * The first few values by descending count (equal counts by ascending value), or by ascending value alone. One pass
 * with a short sorted list: sorting half a million values to name ten of them would take a hundred times as long.
 */
export function first<T extends number | string>(
  most: number,
  { values, counts }: Counted<T>,
  order: 'frequent' | 'smallest',
  keep: (value: T) => boolean = () => true,
): Ranked<T>[] {
  const best: Ranked<T>[] = [];
  const precedes = (value: T, count: number, other: Ranked<T>): boolean =>
    order === 'frequent' && count !== other.count ? count > other.count : value < other.value;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    const count = counts[i];
    if (best.length === most && !precedes(value, count, best[most - 1])) continue;
    if (!keep(value)) continue;
    let at = best.length;
    while (at > 0 && precedes(value, count, best[at - 1])) at -= 1;
    best.splice(at, 0, { value, count });
    if (best.length > most) best.pop();
  }
  return best;
}
