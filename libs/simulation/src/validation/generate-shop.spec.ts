import { generateShop } from './generate-shop';

const SIZE = { jobs: 300, machines: 4, operations: 6 };

describe('a generated shop', () => {
  it('has jobs that visit each machine once before one comes again, in an order of their own', () => {
    const { jobs, resources } = generateShop(SIZE, 1);
    expect(resources).toEqual(Array.from({ length: 4 }, () => ({ capacity: 1 })));
    expect(jobs).toHaveLength(300);
    const routes = jobs.map(({ operations }) => operations.map(({ resource }) => resource));
    for (const route of routes) {
      expect([...route.slice(0, 4)].sort()).toEqual([0, 1, 2, 3]);
      expect(route.slice(4)).toEqual(route.slice(0, 2));
    }
    // All 24 orders of four machines come up among 300 jobs.
    expect(new Set(routes.map(String)).size).toBe(24);
  });

  it('draws durations of 1 to 99 and weights of 1 to 9, releases at once, and is due after one to two times its work', () => {
    const { jobs } = generateShop(SIZE, 1);
    const durations = jobs.flatMap(({ operations }) => operations.map(({ duration }) => duration));
    expect([Math.min(...durations), Math.max(...durations)]).toEqual([1, 99]);
    expect(new Set(jobs.map(({ weight }) => weight))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    const shares = jobs.map(({ release, due, operations }) => {
      expect(release).toBe(0);
      return due! / operations.reduce((sum, { duration }) => sum + duration, 0);
    });
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...shares)).toBeLessThanOrEqual(2);
    // Of 300 even draws the extremes lie within a twentieth of the ends, but for two cases in ten million (0.95^300).
    expect(Math.min(...shares)).toBeLessThan(1.05);
    expect(Math.max(...shares)).toBeGreaterThan(1.95);
  });

  it('draws durations, servers and releases up to what is asked for, and dues after the release', () => {
    const { jobs, resources } = generateShop({ ...SIZE, machines: 40, longest: 3, servers: 2, lastRelease: 50 }, 2);
    expect(new Set(resources.map(({ capacity }) => capacity))).toEqual(new Set([1, 2]));
    expect(new Set(jobs.flatMap(({ operations }) => operations.map(({ duration }) => duration)))).toEqual(
      new Set([1, 2, 3]),
    );
    const releases = jobs.map(({ release }) => release!);
    expect([Math.min(...releases), Math.max(...releases)]).toEqual([0, 50]);
    for (const { release, due, operations } of jobs) {
      const work = operations.reduce((sum, { duration }) => sum + duration, 0);
      expect(due! - release!).toBeGreaterThanOrEqual(work);
      expect(due! - release!).toBeLessThanOrEqual(2 * work);
    }
  });

  it('is the same for the same seed, and another for another', () => {
    expect(generateShop(SIZE, 7)).toEqual(generateShop(SIZE, 7));
    expect(generateShop(SIZE, 8)).not.toEqual(generateShop(SIZE, 7));
  });
});
