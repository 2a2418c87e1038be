import { mix } from '@libs/random';
import type { Instance } from './instance';

/** Dispatching rules, by their names in the literature; docs/simulation-engine.md defines each. */
export const RULES = ['FIFO', 'EDD', 'SPT', 'SLACK', 'LPT', 'MWKR', 'LWKR', 'MOPNR', 'WSPT', 'RANDOM'] as const;

export type Rule = (typeof RULES)[number];

/** Key of jobs without a due date, and of those without weight: behind all others of their class. */
const LAST = 2 ** 41;
/** A class outweighs every key; sums stay exact, since both are whole or halves. */
const CLASS_STEP = 2 ** 42;

/** Whether a text names a priority rule, in capitals. */
export function isRule(text: string): text is Rule {
  return (RULES as readonly string[]).includes(text);
}

/**
 * What the queues are ordered by, one key an operation, the smallest first. No key depends on the moment: the slack of
 * all jobs that wait shrinks alike, and remaining work counts the operation that waits, which goes on waiting. FIFO's are
 * the moments of arrival, which the run adds.
 */
export function fillKeys(
  keys: Float64Array,
  instance: Instance,
  durations: Float64Array,
  rule: Rule,
  seed: number,
): void {
  const { jobCount, jobFirst, due, weight, priorityClass } = instance;
  const seedHash = mix(mix(0, seed % 2 ** 32), Math.floor(seed / 2 ** 32));
  for (let job = 0; job < jobCount; job += 1) {
    const first = jobFirst[job];
    const end = jobFirst[job + 1];
    const front = priorityClass[job] * CLASS_STEP;
    let work = 0;
    for (let operation = end - 1; operation >= first; operation -= 1) {
      const duration = durations[operation];
      work += duration;
      let key = 0;
      switch (rule) {
        case 'FIFO':
          break;
        case 'EDD':
          key = due[job] === Infinity ? LAST : due[job];
          break;
        case 'SPT':
          key = duration;
          break;
        case 'SLACK':
          key = due[job] === Infinity ? LAST : due[job] - work;
          break;
        case 'LPT':
          key = -duration;
          break;
        case 'MWKR':
          key = -work;
          break;
        case 'LWKR':
          key = work;
          break;
        case 'MOPNR':
          key = operation - end;
          break;
        case 'WSPT':
          key = weight[job] > 0 ? duration / weight[job] : LAST;
          break;
        case 'RANDOM':
          // Named by the operation: the same whatever happened before, and so in every scenario.
          key = mix(mix(seedHash, job), operation - first);
          break;
      }
      keys[operation] = front + key;
    }
  }
}
