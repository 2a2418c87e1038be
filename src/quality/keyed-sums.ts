/** Twice as many places as keys, so that a key is found at its place or soon behind it. */
const ROOM = 2;

/**
 * Sums by pairs of whole numbers, in flat memory that is used again, without an object and two looks into a Map for each of
 * the thousands of terms of an answer.
 */
export class KeyedSums {
  private slots = new Int32Array(0);
  private one = new Float64Array(0);
  private other = new Float64Array(0);
  private sums = new Float64Array(0);
  private shift = 32;
  private used = 0;

  /** @param columns how many sums each key has */
  constructor(private readonly columns: number) {}

  /** How many keys there are; they have the numbers from 0, in the order in which they came. */
  get size(): number {
    return this.used;
  }

  /** Forgets everything, and makes room for so many keys. */
  reset(keys: number): void {
    const bits = Math.max(4, 32 - Math.clz32(keys * ROOM));
    if (this.slots.length < 1 << bits) {
      const places = 1 << bits;
      this.slots = new Int32Array(places);
      this.one = new Float64Array(places / ROOM + 1);
      this.other = new Float64Array(places / ROOM + 1);
      this.sums = new Float64Array((places / ROOM + 1) * this.columns);
    } else {
      this.slots.fill(0);
      this.sums.fill(0, 0, this.used * this.columns);
    }
    this.shift = Math.clz32(this.slots.length) + 1;
    this.used = 0;
  }

  /** The number of a key, which begins with sums of 0. No more keys than reset was told. */
  at(one: number, other: number): number {
    const slot = this.slotOf(one, other);
    const found = this.slots[slot];
    if (found !== 0) return found - 1;
    const key = this.used++;
    this.slots[slot] = key + 1;
    this.one[key] = one;
    this.other[key] = other;
    return key;
  }

  /** The sum of a key, 0 where there is no such key. */
  sumOf(one: number, other: number, column: number): number {
    const found = this.slots[this.slotOf(one, other)];
    return found === 0 ? 0 : this.sum(found - 1, column);
  }

  add(key: number, column: number, value: number): void {
    this.sums[key * this.columns + column] += value;
  }

  sum(key: number, column: number): number {
    return this.sums[key * this.columns + column];
  }

  /** The first or the second number of a key. */
  oneOf(key: number): number {
    return this.one[key];
  }

  otherOf(key: number): number {
    return this.other[key];
  }

  /** Where a key stands, as its number and one, or the free place where it would stand. */
  private slotOf(one: number, other: number): number {
    const last = this.slots.length - 1;
    let slot = Math.imul(Math.imul(one | 0, 0x9e3779b1) ^ (other | 0), 0x85ebca6b) >>> this.shift;
    for (let key = this.slots[slot]; key !== 0; key = this.slots[slot]) {
      if (this.one[key - 1] === one && this.other[key - 1] === other) return slot;
      slot = slot === last ? 0 : slot + 1;
    }
    return slot;
  }
}
