import { Random } from '@libs/random';

/**
 * Places 0 … size-1 in a scrambled order by one multiplication, so that "the first k places" are k of the size items, exactly, spread over all of
 * them, known without a list of any length. Consecutive ranges of places are disjoint choices: that is how no row gets two faults.
 */
export class Spread {
  private readonly factor: number;
  private readonly offset: number;

  constructor(
    readonly size: number,
    seed: number,
    purpose: number,
  ) {
    const random = new Random(seed, purpose, size);
    this.offset = Math.floor((random.next() * Math.max(size, 1)) / 0x100000000);
    // A factor near 0 or size would put neighbours side by side.
    let factor = Math.max(
      1,
      Math.floor(size * 0.3) + Math.floor((random.next() * Math.floor(size * 0.4)) / 0x100000000),
    );
    while (size > 1 && commonDivisor(factor, size) !== 1) factor++;
    this.factor = factor;
  }

  /** The place of item `index`. Exact while size is under 9.4e7 (its square under 2^53). */
  placeOf(index: number): number {
    return (index * this.factor + this.offset) % this.size;
  }
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/**
 * Raises or lowers counts one by one, item after item in the spread's order, until they add up to `total`; each stays between what `lower` and
 * `upper` allow. Answers what could not be placed (0 when the total was reached).
 */
export function settle(
  counts: Uint8Array,
  total: number,
  spread: Spread,
  lower: (index: number) => number,
  upper: (index: number) => number,
): number {
  let missing = total;
  for (const count of counts) missing -= count;
  for (let moved = true; missing !== 0 && moved;) {
    moved = false;
    for (let step = 0; step < counts.length && missing !== 0; step++) {
      const index = spread.placeOf(step);
      if (missing > 0 && counts[index] < upper(index)) {
        counts[index]++;
        missing--;
        moved = true;
      } else if (missing < 0 && counts[index] > lower(index)) {
        counts[index]--;
        missing++;
        moved = true;
      }
    }
  }
  return missing;
}
