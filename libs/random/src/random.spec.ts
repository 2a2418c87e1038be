import fc from 'fast-check';
import { mix, Random, runningSums } from './random';

describe('Random', () => {
  it('gives the numbers it gave when this was written, on any machine', () => {
    const random = new Random(7, 1, 2);
    expect([random.next(), random.next(), random.below(1000), random.quantile([0, 10, 1000])]).toMatchInlineSnapshot(`
      [
        2372527585,
        1519194780,
        513,
        3,
      ]
    `);
    expect(mix(1, 2)).toMatchInlineSnapshot(`1342625760`);
  });

  it('gives the same stream for the same name, and others for neighbours of it', () => {
    const first = (seed: number, purpose: number, index: number): number => new Random(seed, purpose, index).next();
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(1000), fc.nat(), (seed, purpose, index) => {
        expect(first(seed, purpose, index)).toBe(first(seed, purpose, index));
        expect(first(seed, purpose, index + 1)).not.toBe(first(seed, purpose, index));
        expect(first(seed, purpose + 1, index)).not.toBe(first(seed, purpose, index));
      }),
    );
  });

  it('spreads evenly: of 60,000 throws each face has 10,000, within four standard deviations (365)', () => {
    const random = new Random(1, 1);
    const faces = [0, 0, 0, 0, 0, 0];
    for (let throws = 0; throws < 60_000; throws++) faces[random.below(6)]++;
    // The deviation of one face is sqrt(60000 · 1/6 · 5/6) = 91.3.
    for (const face of faces) expect(Math.abs(face - 10_000)).toBeLessThan(365);
  });

  it('draws indexes by weight and never one of weight 0', () => {
    const random = new Random(3, 1);
    const drawn = [0, 0, 0, 0];
    for (let draw = 0; draw < 10_000; draw++) drawn[random.weighted(runningSums([0, 3, 0, 1]))]++;
    expect(drawn[0] + drawn[2]).toBe(0);
    expect(Math.abs(drawn[1] - 7500)).toBeLessThan(4 * 43.3);
  });

  it('stays within a quantile table', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.integer({ min: -1000, max: 100_000 }), { minLength: 2, maxLength: 20 }),
        (seed, values) => {
          const table = [...values].sort((a, b) => a - b);
          const value = new Random(seed, 1).quantile(table);
          expect(Number.isInteger(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(table[0]);
          expect(value).toBeLessThanOrEqual(table[table.length - 1]);
        },
      ),
    );
  });

  it('names other streams by seeds and indexes beyond 32 bits', () => {
    const first = (seed: number, index: number): number => new Random(seed, 1, index).next();
    const names = [0, 1, 2].flatMap((high) => [0, 1].map((low) => high * 2 ** 32 + low));
    expect(new Set(names.map((seed) => first(seed, 0))).size).toBe(6);
    expect(new Set(names.map((index) => first(0, index))).size).toBe(6);
  });

  it('draws between both bounds, which occur themselves', () => {
    const random = new Random(5, 1);
    const drawn = new Set(Array.from({ length: 200 }, () => random.between(-1, 2)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
    expect(random.between(4, 4)).toBe(4);
  });

  it('is lucky in as many of so many cases, never in none and always in all', () => {
    const random = new Random(6, 1);
    let lucky = 0;
    for (let draw = 0; draw < 10_000; draw++) {
      if (random.chance(1, 4)) lucky++;
      expect(random.chance(0, 4)).toBe(false);
      expect(random.chance(4, 4)).toBe(true);
    }
    // Four deviations of sqrt(10000 · 1/4 · 3/4) = 43.3.
    expect(Math.abs(lucky - 2500)).toBeLessThan(4 * 43.3);
  });

  it('picks every element of a list and nothing else', () => {
    const random = new Random(8, 1);
    const picked = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])));
    expect([...picked].sort()).toEqual(['a', 'b', 'c']);
  });
});
