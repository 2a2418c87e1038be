import type { Instance } from './instance';

/** Dispatching rules, by their names in the literature; docs/simulation-engine.md defines each. */
export const RULES = ['FIFO', 'EDD', 'SPT', 'SLACK', 'LPT', 'MWKR', 'LWKR', 'MOPNR', 'WSPT', 'RANDOM'] as const;

export type Rule = (typeof RULES)[number];

/** Key of jobs without a due date, and of those without weight: behind all others of their class. */
const LAST = 2 ** 41;
/** A class outweighs every key; sums stay exact, since both are whole or halves. */
const CLASS_STEP = 2 ** 42;

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
          key = hash(seed, job, operation - first);
          break;
      }
      keys[operation] = front + key;
    }
  }
}

/** 0 .. 2^32 - 1, for each operation on its own: the same whatever happened before it, and so in every scenario. */
function hash(seed: number, job: number, position: number): number {
  let h = mix(seed ^ Math.floor(seed / 2 ** 32));
  h = mix(h ^ Math.imul(job + 1, 0x9e3779b1));
  return mix(h ^ Math.imul(position + 1, 0x85ebca77)) >>> 0;
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
