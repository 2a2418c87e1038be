const TWO_32 = 0x100000000;

/** Mixes a 32-bit value into a hash (the finaliser of MurmurHash3): every bit of both reaches every bit of the answer. */
export function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Random numbers that are the same on every machine: sfc32 (Chris Doty-Humphrey's PractRand), 32-bit integer arithmetic only. Decisions use
 * `below`, `chance` and `pick`; no logarithm or cosine, whose last digits differ between engines, ever decides a value.
 *
 * A stream is named by a seed, a purpose and an index, so that an order can be made again in any pass without what came before it.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  constructor(seed: number, purpose: number, index = 0) {
    this.reseed(seed, purpose, index);
  }

  reseed(seed: number, purpose: number, index: number): void {
    let h = mix(mix(0x6a09e667, seed % TWO_32), Math.floor(seed / TWO_32));
    h = mix(mix(mix(h, purpose), index % TWO_32), Math.floor(index / TWO_32));
    this.a = h;
    this.b = mix(h, 0xbb67ae85);
    this.c = mix(h, 0x3c6ef372);
    this.counter = 1;
    for (let round = 0; round < 8; round++) this.next();
  }

  /** 0 to 2^32 - 1. */
  next(): number {
    const value = (((this.a + this.b) >>> 0) + this.counter) >>> 0;
    this.counter = (this.counter + 1) >>> 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) >>> 0;
    this.c = ((((this.c << 21) | (this.c >>> 11)) >>> 0) + value) >>> 0;
    return value;
  }

  /** 0 to n - 1. One multiplication and one division, both correctly rounded by IEEE 754: the same everywhere. */
  below(n: number): number {
    return Math.floor((this.next() * n) / TWO_32);
  }

  /** lo to hi, both included. */
  between(lo: number, hi: number): number {
    return lo + this.below(hi - lo + 1);
  }

  /** True in `times` of `of` cases. */
  chance(times: number, of: number): boolean {
    return this.below(of) < times;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** A value from a table of evenly spaced quantiles, interpolated and rounded down. */
  quantile(table: readonly number[]): number {
    const steps = table.length - 1;
    const u = this.next() * steps;
    const step = Math.floor(u / TWO_32);
    const rest = u - step * TWO_32;
    return table[step] + Math.floor(((table[step + 1] - table[step]) * rest) / TWO_32);
  }

  /** An index drawn in proportion to integer weights given as running sums. */
  weighted(sums: readonly number[]): number {
    const target = this.below(sums[sums.length - 1]);
    let lo = 0;
    let hi = sums.length - 1;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if (sums[middle] > target) hi = middle;
      else lo = middle + 1;
    }
    return lo;
  }
}

/** 3, 1, 4 → 3, 4, 8: what `weighted` takes. */
export function runningSums(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => (sum += weight));
}
