/** Durations in whole minutes below this many stand by themselves; the last place is shared by all that are longer. */
const PLACES = 1 << 16;
/** Places whose values are also counted together, so that a rank is found in few steps. */
const TOGETHER_BITS = 8;
const GROUPS = PLACES >> TOGETHER_BITS;

/**
 * How many durations are how many minutes long. Continuous quantiles (percentile_cont: linear between the two nearest ranks)
 * of it are exact, since what is no whole number of minutes, or too long, is kept beside the counts. One pass over the
 * durations, and a few hundred steps for a quantile, where sorting moves all of them.
 */
export class MinuteCounts {
  private readonly counts = new Uint32Array(PLACES);
  private readonly groups = new Uint32Array(GROUPS);
  private others = new Uint32Array(64);
  private otherCount = 0;
  private total = 0;
  /**
   * Where the last rank was found: ranks are asked for upwards, for the most part, and the next one is not far. Before it
   * are infinitely many while nothing was found yet.
   */
  private readonly found = { group: 0, beforeGroup: 0, place: 0, before: Infinity };

  get size(): number {
    return this.total;
  }

  /** Adds durations of minutes less 2^15 as int2, from a place of `words` up to another. */
  addMinutes(words: Uint16Array, begin: number, end: number): void {
    const { counts, groups } = this;
    for (let at = begin; at < end; at += 1) {
      const minutes = words[at] ^ 0x8000;
      counts[minutes] += 1;
      groups[minutes >> TOGETHER_BITS] += 1;
    }
    this.total += end - begin;
    this.found.before = Infinity;
  }

  /** @param seconds a whole number from 0 to 2^32 - 1 */
  addSeconds(seconds: number): void {
    const place = placeOf(seconds);
    this.counts[place] += 1;
    this.groups[place >> TOGETHER_BITS] += 1;
    this.total += 1;
    this.found.before = Infinity;
    if (seconds === place * 60) return;
    if (this.otherCount === this.others.length) {
      const longer = new Uint32Array(2 * this.otherCount);
      longer.set(this.others);
      this.others = longer;
    }
    this.others[this.otherCount++] = seconds;
  }

  /** Seconds. @param share 0..1, of one duration at least */
  quantile(share: number): number {
    const place = share * (this.total - 1);
    const rank = Math.floor(place);
    const value = this.valueAt(rank);
    return place === rank ? value : value + (place - rank) * (this.valueAt(rank + 1) - value);
  }

  /** Forgets all durations. */
  clear(): void {
    for (let group = 0; group < GROUPS; group += 1) {
      if (this.groups[group] > 0) this.counts.fill(0, group << TOGETHER_BITS, (group + 1) << TOGETHER_BITS);
    }
    this.groups.fill(0);
    this.otherCount = 0;
    this.total = 0;
    this.found.before = Infinity;
  }

  private valueAt(rank: number): number {
    const { counts, groups, found } = this;
    if (rank < found.before) found.group = found.beforeGroup = found.place = found.before = 0;
    if (rank >= found.beforeGroup + groups[found.group]) {
      while (found.beforeGroup + groups[found.group] <= rank) found.beforeGroup += groups[found.group++];
      found.before = found.beforeGroup;
      found.place = found.group << TOGETHER_BITS;
    }
    let { place, before } = found;
    while (before + counts[place] <= rank) before += counts[place++];
    found.place = place;
    found.before = before;
    if (this.otherCount === 0) return place * 60;
    // Whole minutes come first: all else at the place is longer.
    const others = this.others.subarray(0, this.otherCount).filter((seconds) => placeOf(seconds) === place);
    const whole = this.counts[place] - others.length;
    return rank - before < whole ? place * 60 : others.sort()[rank - before - whole];
  }
}

function placeOf(seconds: number): number {
  return Math.min(PLACES - 1, Math.floor(seconds / 60));
}
