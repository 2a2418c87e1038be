import { HyperLogLog } from './hyper-log-log';

/** What a column's texts were: every one with its count, or the sketch that replaced them. */
export type TextSet =
  | { readonly kind: 'exact'; readonly values: readonly string[]; readonly counts: Uint32Array<ArrayBuffer> }
  | { readonly kind: 'sketch'; readonly registers: Uint8Array<ArrayBuffer> };

/** Bounds of exact counting: distinct texts, and UTF-16 units of all of them together. */
export interface TextBound {
  readonly values: number;
  readonly length: number;
}

/** As DistinctNumbers, for texts. A Map: its hashes of texts are the engine's own, cached and seeded. */
export class DistinctTexts {
  private counter: Map<string, number> | HyperLogLog = new Map();
  private length = 0;

  constructor(private readonly bound: TextBound) {}

  add(value: string, count = 1): void {
    const { counter } = this;
    if (counter instanceof HyperLogLog) {
      counter.addText(value);
      return;
    }
    const before = counter.get(value);
    counter.set(value, (before ?? 0) + count);
    if (before !== undefined) return;
    this.length += value.length;
    if (counter.size > this.bound.values || this.length > this.bound.length) this.toSketch();
  }

  absorb(set: TextSet): void {
    if (set.kind === 'sketch') this.toSketch().merge(set.registers);
    else set.values.forEach((value, i) => this.add(value, set.counts[i]));
  }

  set(): TextSet {
    if (this.counter instanceof HyperLogLog) return { kind: 'sketch', registers: this.counter.registers };
    return { kind: 'exact', values: [...this.counter.keys()], counts: Uint32Array.from(this.counter.values()) };
  }

  private toSketch(): HyperLogLog {
    if (this.counter instanceof HyperLogLog) return this.counter;
    const sketch = new HyperLogLog();
    for (const value of this.counter.keys()) sketch.addText(value);
    this.counter = sketch;
    return sketch;
  }
}
