import { HyperLogLog } from './hyper-log-log';
import { NumberTable, type CountedNumbers } from './number-table';

/** What a column's numbers (or dates) were: every one with its count, or the sketch that replaced them. */
export type NumberSet =
  | ({ readonly kind: 'exact' } & CountedNumbers)
  | { readonly kind: 'sketch'; readonly registers: Uint8Array<ArrayBuffer> };

/**
 * Distinct numbers: exact with counts up to `bound` values, a HyperLogLog of 4 KiB from the value after that on.
 * Which of the two depends only on the set of values, never on their order or on how they came in parts.
 */
export class DistinctNumbers {
  private counter: NumberTable | HyperLogLog = new NumberTable();

  constructor(private readonly bound: number) {}

  add(value: number, count = 1): void {
    const { counter } = this;
    if (counter instanceof NumberTable) {
      counter.add(value, count);
      if (counter.size > this.bound) this.toSketch();
    } else {
      counter.addNumber(value);
    }
  }

  absorb(set: NumberSet): void {
    if (set.kind === 'sketch') this.toSketch().merge(set.registers);
    else for (let i = 0; i < set.values.length; i += 1) this.add(set.values[i], set.counts[i]);
  }

  set(): NumberSet {
    if (this.counter instanceof NumberTable) return { kind: 'exact', ...this.counter.compact() };
    return { kind: 'sketch', registers: this.counter.registers };
  }

  private toSketch(): HyperLogLog {
    if (this.counter instanceof HyperLogLog) return this.counter;
    const sketch = new HyperLogLog();
    for (const value of this.counter.compact().values) sketch.addNumber(value);
    this.counter = sketch;
    return sketch;
  }
}
