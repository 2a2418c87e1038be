import { Random } from '@libs/random';
import type { InstanceSpec, JobSpec, ResourceSpec } from '../instance';

export interface ShopSize {
  jobs: number;
  machines: number;
  /** of a job; from one machine to the next in an order of its own, all of them once before one comes again */
  operations: number;
  /** 1..this, evenly; default 99 as in the published instances */
  longest?: number;
  /** servers of a machine, 1..this, evenly; default 1 */
  servers?: number;
  /** jobs are released at 0..this, evenly; default 0 */
  lastRelease?: number;
}

const JOBS = 1;
const RESOURCES = 2;

/** A job shop after the manner of Taillard (1993): the same size and seed give the same instance everywhere. */
export function generateShop(size: ShopSize, seed: number): InstanceSpec {
  const { machines, longest = 99, servers = 1, lastRelease = 0 } = size;
  const capacities = new Random(seed, RESOURCES);
  const resources = Array.from({ length: machines }, (): ResourceSpec => ({
    capacity: capacities.between(1, servers),
  }));
  const jobs = Array.from({ length: size.jobs }, (_, j): JobSpec => {
    const random = new Random(seed, JOBS, j);
    const route = Array.from({ length: machines }, (_unused, m) => m);
    for (let i = machines - 1; i > 0; i -= 1) {
      const k = random.below(i + 1);
      [route[i], route[k]] = [route[k], route[i]];
    }
    const operations = Array.from({ length: size.operations }, (_unused, k) => ({
      resource: route[k % machines],
      duration: random.between(1, longest),
    }));
    const work = operations.reduce((sum, { duration }) => sum + duration, 0);
    const release = random.between(0, lastRelease);
    return { release, due: release + work + random.below(work + 1), weight: random.between(1, 9), operations };
  });
  return { resources, jobs };
}
