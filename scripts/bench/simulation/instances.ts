import { buildInstance, generateShop, type Instance } from '@libs/simulation';

export const MACHINES = 50;
export const OPERATIONS = 50;
const SEED = 1;

/** Jobs of 50 operations on 50 machines, each job in an order of its own, all released at once: the longest queues. */
export function largeShop(jobs: number): Instance {
  return buildInstance(generateShop({ jobs, machines: MACHINES, operations: OPERATIONS }, SEED));
}
