import { Random } from '@libs/random';
import { aims } from './aims';
import { TARGETS } from './system';

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);
const byOrder = (a: number, b: number): number => a - b;

describe('the aims of kills', () => {
  it('are the same for the same seed, one for each round', () => {
    expect(aims(20, new Random(1, 1))).toEqual(aims(20, new Random(1, 1)));
    expect(aims(20, new Random(1, 1))).toHaveLength(20);
    expect(aims(20, new Random(1, 1))).not.toEqual(aims(20, new Random(2, 1)));
  });

  it('hit each target once, and each third of the time once, in three rounds of any seed', () => {
    for (const seed of SEEDS) {
      const three = aims(3, new Random(seed, 1));
      expect(new Set(three.map(({ target }) => target))).toEqual(new Set(TARGETS));
      const thirds = three.map(({ moment }) => Math.floor((3 * moment) / 1.15)).sort(byOrder);
      expect(thirds).toEqual([0, 1, 2]);
    }
  });

  it('fall from before the load until after it, in any order', () => {
    const many = SEEDS.flatMap((seed) => aims(3, new Random(seed, 1)));
    const moments = many.map(({ moment }) => moment).sort(byOrder);
    expect(moments[0]).toBeLessThan(0.02);
    expect(moments[moments.length - 1]).toBeGreaterThan(1.1);
    expect(new Set(many.filter((_, i) => i % 3 === 0).map(({ target }) => target))).toEqual(new Set(TARGETS));
  });
});
