import fc from 'fast-check';
import { KeyedSums } from './keyed-sums';

const KEY = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.maxSafeNat());
const TERMS = fc.array(fc.tuple(KEY, KEY, fc.integer({ min: 0, max: 1000 })), { maxLength: 300 });

describe('KeyedSums', () => {
  it('are what a map of maps gives, however often the memory was used before', () => {
    const sums = new KeyedSums(2);
    fc.assert(
      fc.property(TERMS, (terms) => {
        const expected = new Map<string, [number, number]>();
        sums.reset(terms.length);
        for (const [one, other, value] of terms) {
          const known = expected.get(`${one}/${other}`) ?? [0, 0];
          expected.set(`${one}/${other}`, [known[0] + value, known[1] + 1]);
          const key = sums.at(one, other);
          sums.add(key, 0, value);
          sums.add(key, 1, 1);
        }
        const found = Array.from({ length: sums.size }, (_, key) => [
          `${sums.oneOf(key)}/${sums.otherOf(key)}`,
          [sums.sum(key, 0), sums.sum(key, 1)],
        ]);
        expect(found).toEqual([...expected]);
        for (const [one, other] of terms) expect(sums.sumOf(one, other, 1)).toBe(expected.get(`${one}/${other}`)?.[1]);
        expect(sums.sumOf(-1, -1, 0)).toBe(0);
      }),
    );
  });
});
