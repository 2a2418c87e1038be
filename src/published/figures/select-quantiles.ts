/** Of so many bits is told at a time where a value lies. */
const BITS = 8;
const BINS = 1 << BITS;

/**
 * Continuous quantiles (percentile_cont: linear between the two nearest ranks) without sorting or moving anything: it is
 * counted how many values have which leading bits, then the next bits of those among them that a rank falls into, in time
 * linear in the number of values.
 *
 * @param values at least one
 * @param shares 0..1
 */
export function selectQuantiles(values: Uint32Array, shares: readonly number[]): number[] {
  const whole = new Bins(values, values.length, shiftOf(largest(values)));
  return shares.map((share) => {
    const place = share * (values.length - 1);
    const rank = Math.floor(place);
    const { value, behind } = whole.select(rank);
    // The next rank is another value only where this was the last of its kind.
    const above = place === rank || rank + 1 < behind ? value : smallestAbove(values, value);
    return value + (place - rank) * (above - value);
  });
}

/** How many of some values have which bits, from `shift` on. */
class Bins {
  private readonly counts = new Uint32Array(BINS);
  private readonly narrowed = new Map<number, Bins>();

  /** @param values the first `length` of them are meant; all alike in the bits above those that are counted */
  constructor(
    private readonly values: Uint32Array,
    private readonly length: number,
    private readonly shift: number,
  ) {
    const { counts } = this;
    for (let place = 0; place < length; place += 1) counts[(values[place] >>> shift) & (BINS - 1)] += 1;
  }

  /** @returns the value of a rank (from 0), and the rank behind the last one that has the same */
  select(rank: number): { value: number; behind: number } {
    let before = 0;
    let bin = 0;
    while (before + this.counts[bin] <= rank) {
      before += this.counts[bin];
      bin += 1;
    }
    if (this.shift === 0) return { value: this.first(bin), behind: before + this.counts[bin] };
    const { value, behind } = this.within(bin).select(rank - before);
    return { value, behind: before + behind };
  }

  /** The values of a bin by their next bits. */
  private within(bin: number): Bins {
    let found = this.narrowed.get(bin);
    if (found === undefined) {
      const { values, length, shift } = this;
      const kept = new Uint32Array(this.counts[bin]);
      let count = 0;
      for (let place = 0; place < length; place += 1) {
        if (((values[place] >>> shift) & (BINS - 1)) === bin) kept[count++] = values[place];
      }
      found = new Bins(kept, count, Math.max(0, shift - BITS));
      this.narrowed.set(bin, found);
    }
    return found;
  }

  private first(bin: number): number {
    let place = 0;
    while ((this.values[place] & (BINS - 1)) !== bin) place += 1;
    return this.values[place];
  }
}

/** From which bit on the largest value has no more bits than are told at a time. */
function shiftOf(value: number): number {
  return Math.max(0, 32 - Math.clz32(value) - BITS);
}

function largest(values: Uint32Array): number {
  let most = 0;
  for (let place = 0; place < values.length; place += 1) if (values[place] > most) most = values[place];
  return most;
}

function smallestAbove(values: Uint32Array, bound: number): number {
  let least = 2 ** 32;
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place];
    if (value > bound && value < least) least = value;
  }
  return least;
}
