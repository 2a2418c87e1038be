import { Draws } from './draws';

const many = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('draws', () => {
  it('are the same for the same seed, and others for another', () => {
    const drawn = (seed: number) => {
      const draws = new Draws(seed);
      return [draws.uniform(), draws.normal(), draws.below(1000), ...draws.permutation(9), ...draws.sample(3, 50)];
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  it('are spread evenly from 0 to 1, and over whole numbers', () => {
    const draws = new Draws(1);
    const found = many(10_000, () => draws.uniform());
    // A tenth each: 1000, of which the deviation is 30.
    const tenths = Array.from({ length: 10 }, (_, tenth) => found.filter((each) => Math.floor(10 * each) === tenth));
    for (const tenth of tenths) expect(Math.abs(tenth.length - 1000)).toBeLessThan(130);
    expect(new Set(many(100, () => draws.below(3)))).toEqual(new Set([0, 1, 2]));
  });

  it('are normal where that is asked for', () => {
    const draws = new Draws(2);
    const found = many(20_000, () => draws.normal());
    // Standard errors: 0.007 of the mean, 0.01 of the mean square, 0.0033 of a share of 0.3173 beyond one deviation.
    expect(Math.abs(meanOf(found))).toBeLessThan(0.03);
    expect(Math.abs(meanOf(found.map((each) => each * each)) - 1)).toBeLessThan(0.04);
    expect(Math.abs(meanOf(found.map((each) => Number(Math.abs(each) > 1))) - 0.3173)).toBeLessThan(0.014);
    expect(Math.abs(meanOf(found.map((each) => Number(each > 1))) - 0.1587)).toBeLessThan(0.011);
  });

  it('put numbers into any order equally often', () => {
    const draws = new Draws(3);
    const counts = new Map<string, number>();
    for (const order of many(6000, () => draws.permutation(3).join(' '))) {
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['0 1 2', '0 2 1', '1 0 2', '1 2 0', '2 0 1', '2 1 0']);
    // A sixth each: 1000, of which the deviation is 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
    expect([draws.permutation(0).length, ...draws.permutation(1)]).toEqual([0, 0]);
  });

  it('choose different numbers, in increasing order; all of them when there are fewer', () => {
    const draws = new Draws(4);
    const found = many(3000, () => [...draws.sample(2, 12)]);
    for (const [one, other] of found) expect(one).toBeLessThan(other);
    // 66 pairs, 45 times each, of which the deviation is 7.
    const counts = new Map<string, number>();
    for (const pair of found) counts.set(pair.join(' '), (counts.get(pair.join(' ')) ?? 0) + 1);
    expect(counts.size).toBe(66);
    expect(Math.max(...counts.values())).toBeLessThan(80);
    expect([...draws.sample(9, 4)]).toEqual([0, 1, 2, 3]);
  });
});
