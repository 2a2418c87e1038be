import fc from 'fast-check';
import { hashNumber } from './hash';
import { NumberTable } from './number-table';

function counted(table: NumberTable): Map<number, number> {
  const { values, counts } = table.compact();
  return new Map(Array.from(values, (value, i) => [value, counts[i]]));
}

describe('NumberTable', () => {
  it('counts any finite numbers as a Map does', () => {
    const few = fc.integer({ min: -3, max: 3 });
    const any = fc.oneof(few, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
    fc.assert(
      fc.property(fc.array(any, { maxLength: 400 }), (values) => {
        const table = new NumberTable();
        const oracle = new Map<number, number>();
        for (const value of values) {
          table.add(value);
          // A Map takes -0 for 0 too.
          oracle.set(value, (oracle.get(value) ?? 0) + 1);
        }
        expect(counted(table)).toEqual(oracle);
        expect(table.size).toBe(oracle.size);
        for (const value of values) expect(table.has(value)).toBe(true);
      }),
    );
  });

  it('knows what it does not hold', () => {
    const table = NumberTable.from({ values: Float64Array.of(1, 2.5), counts: Uint32Array.of(1, 1) });
    expect([1, 2.5, 2, 0, -1, 1e300].map((value) => table.has(value))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('takes 0 and -0 for one value', () => {
    const table = new NumberTable();
    table.add(-0);
    table.add(0);
    // Of values a Map could not tell which zero they are.
    expect(table.compact()).toEqual({ values: Float64Array.of(0), counts: Uint32Array.of(2) });
    expect([table.has(0), table.has(-0)]).toEqual([true, true]);
    expect(hashNumber(-0, 7)).toBe(hashNumber(0, 7));
  });

  it('counts several at once, and again after another value', () => {
    const table = new NumberTable();
    table.add(5, 3);
    table.add(5, 4);
    table.add(6);
    table.add(5, 2);
    expect(counted(table)).toEqual(
      new Map([
        [5, 3 + 4 + 2],
        [6, 1],
      ]),
    );
  });

  it('is made again from what it gave', () => {
    const table = new NumberTable();
    for (let i = 0; i < 1_000; i += 1) table.add(i, i + 1);
    const again = NumberTable.from(table.compact());
    expect(again.size).toBe(1_000);
    expect(counted(again)).toEqual(counted(table));
  });

  it('keeps all when it grows over several sizes', () => {
    const table = new NumberTable();
    for (let i = 0; i < 10_000; i += 1) table.add(i * 60);
    for (let i = 0; i < 10_000; i += 2) table.add(i * 60);
    expect(table.size).toBe(10_000);
    const all = counted(table);
    const counts = Array.from({ length: 10_000 }, (_, i) => all.get(i * 60));
    expect(counts.every((count, i) => count === (i % 2 === 0 ? 2 : 1))).toBe(true);
  });

  it('stays quick on numbers chosen to collide', () => {
    // Numbers whose hash under the first seed ends in the same 16 bits, made by inverting the finalizer.
    const hostile = Array.from({ length: 20_000 }, (_, i) => unmix(i << 16));
    expect(hostile.every((value) => (hashNumber(value, 0) & 0xffff) === 0)).toBe(true);
    const [chain, chosen] = [countAll(hostile.slice(0, 1_000)), countAll(hostile)];
    // 1,000 in one chain take 0.5 million steps, 20,000 would take 200 million. Hashed anew beyond a chain of 4,096 they take 8 million.
    expect(chosen.microseconds).toBeLessThan(100 * Math.max(1_000, chain.microseconds));
    expect(chosen.size).toBe(new Set(hostile).size);
  });
});

/** What a table needs of the processor, which waits for nobody. */
function countAll(values: readonly number[]): { size: number; microseconds: number } {
  const table = new NumberTable();
  const started = process.cpuUsage();
  for (const value of values) table.add(value);
  return { size: table.size, microseconds: process.cpuUsage(started).user };
}

/** The number that mix32 turns into `hash`: the inverse of each of its bijective steps, last first. */
function unmix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, inverse(0xc2b2ae35));
  h = h ^ (h >>> 13) ^ (h >>> 26);
  h = Math.imul(h, inverse(0x85ebca6b));
  return h ^ (h >>> 16);
}

/** Of an odd number modulo 2^32, by Newton's iteration. */
function inverse(odd: number): number {
  let x = odd;
  for (let i = 0; i < 5; i += 1) x = Math.imul(x, 2 - Math.imul(odd, x));
  return x;
}
