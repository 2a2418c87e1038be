import { hashNumber } from './hash';

const FIRST_CAPACITY = 64;
const MAX_LOAD = 0.75;
/**
 * A probe this long is no accident (below 400 at this load even among a million values): whoever wrote the workbook
 * chose numbers that collide. The table is then hashed anew with another seed, so that it stays linear.
 */
const MAX_PROBE = 4096;
const SEEDS = [0, 0x1b873593, 0x38b34ae5, 0x7feb352d, 0x846ca68b, 0x2c1b3c6d, 0x297a2d39, 0x5bd1e995];

/** Distinct finite numbers with how often each occurred, as two columns of equal length in no particular order. */
export interface CountedNumbers {
  readonly values: Float64Array<ArrayBuffer>;
  readonly counts: Uint32Array<ArrayBuffer>;
}

/**
 * Counts numbers exactly: open addressing with linear probing over typed arrays, 12 bytes a slot, 16 to 32 bytes a
 * distinct value. Measured on a busy machine: 30 ns a value among few distinct ones and 150 ns among 500,000, where a
 * Map needs 36 and 480 (and boxes most numbers); 3 ns where a value repeats the one before. Tried and dropped: keeping
 * neighbouring whole numbers in one cache line (ascending ids 25 % quicker, times to the minute 10 % slower).
 */
export class NumberTable {
  size = 0;
  private values = new Float64Array(FIRST_CAPACITY);
  private counts = new Uint32Array(FIRST_CAPACITY);
  private mask = FIRST_CAPACITY - 1;
  private fullAt = FIRST_CAPACITY * MAX_LOAD;
  private seedIndex = 0;
  private lastValue = Number.NaN;
  private lastSlot = 0;

  static from(counted: CountedNumbers): NumberTable {
    const table = new NumberTable();
    table.resize(table.capacityFor(counted.values.length));
    for (let i = 0; i < counted.values.length; i += 1) table.add(counted.values[i], counted.counts[i]);
    return table;
  }

  add(value: number, count = 1): void {
    // Sheets are sorted or grouped by some of their columns: there, most values repeat the one above.
    if (value === this.lastValue) {
      this.counts[this.lastSlot] += count;
      return;
    }
    // -0 is 0: nothing in a workbook means the difference.
    const key = value === 0 ? 0 : value;
    let slot = this.find(key);
    if (this.counts[slot] === 0) {
      if (this.size >= this.fullAt) {
        this.resize((this.mask + 1) * 2);
        slot = this.find(key);
      }
      this.values[slot] = key;
      this.size += 1;
    }
    this.counts[slot] += count;
    this.lastValue = key;
    this.lastSlot = slot;
  }

  has(value: number): boolean {
    return this.counts[this.find(value)] > 0;
  }

  /** The values without the empty slots. */
  compact(): CountedNumbers {
    const values = new Float64Array(this.size);
    const counts = new Uint32Array(this.size);
    let at = 0;
    for (let slot = 0; slot <= this.mask; slot += 1) {
      if (this.counts[slot] === 0) continue;
      values[at] = this.values[slot];
      counts[at] = this.counts[slot];
      at += 1;
    }
    return { values, counts };
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  private find(key: number): number {
    const { values, counts, mask } = this;
    let slot = hashNumber(key, SEEDS[this.seedIndex]) & mask;
    let probes = 0;
    while (counts[slot] !== 0 && values[slot] !== key) {
      slot = (slot + 1) & mask;
      probes += 1;
      if (probes > MAX_PROBE && this.seedIndex < SEEDS.length - 1) {
        this.seedIndex += 1;
        this.resize(mask + 1);
        return this.find(key);
      }
    }
    return slot;
  }

  private capacityFor(size: number): number {
    let capacity = FIRST_CAPACITY;
    while (capacity * MAX_LOAD < size) capacity *= 2;
    return capacity;
  }

  private resize(capacity: number): void {
    const { values, counts } = this;
    this.values = new Float64Array(capacity);
    this.counts = new Uint32Array(capacity);
    this.mask = capacity - 1;
    this.fullAt = capacity * MAX_LOAD;
    this.lastValue = Number.NaN;
    for (let i = 0; i < counts.length; i += 1) {
      if (counts[i] === 0) continue;
      const slot = this.find(values[i]);
      this.values[slot] = values[i];
      this.counts[slot] = counts[i];
    }
  }
}
