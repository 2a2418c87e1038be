import fc from 'fast-check';
import { draw } from './draws';

const MASK = (1n << 32n) - 1n;

/** The finalizer of MurmurHash3, as published, in whole numbers that cannot overflow. */
function mixed(value: bigint): bigint {
  let h = value & MASK;
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & MASK;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & MASK;
  return h ^ (h >> 16n);
}

function expected(seed: number, replication: number, ofId: number, place: number): number {
  const folded = (id: number): bigint => BigInt.asUintN(32, BigInt(id)) ^ BigInt.asUintN(32, BigInt(id) >> 32n);
  let h = mixed(folded(seed));
  h = mixed(h ^ ((BigInt(replication + 1) * 0x9e3779b1n) & MASK));
  h = mixed(h ^ folded(ofId));
  h = mixed(h ^ ((BigInt(place + 1) * 0x85ebca77n) & MASK));
  return Number(h) / 2 ** 32;
}

describe('a draw', () => {
  it('is the hash of its arguments, ids of 53 bits and of orders to come included', () => {
    const id = fc.oneof(fc.nat(1000), fc.maxSafeNat(), fc.integer({ min: -50, max: -1 }));
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(10_000), id, fc.nat(100_000), (seed, replication, ofId, place) => {
        expect(draw(seed, replication, ofId, place)).toBe(expected(seed, replication, ofId, place));
      }),
    );
  });

  it('is spread evenly over [0, 1), whatever it runs through', () => {
    const through = [
      (n: number) => draw(n, 0, 1, 0),
      (n: number) => draw(1, n, 1, 0),
      (n: number) => draw(1, 0, n, 0),
      (n: number) => draw(1, 0, 1, n),
    ];
    for (const next of through) {
      const tenths = new Array<number>(10).fill(0);
      for (let n = 0; n < 10_000; n += 1) tenths[Math.floor(next(n) * 10)] += 1;
      // 1000 are expected in each, with a deviation of 30.
      for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
    }
  });
});
