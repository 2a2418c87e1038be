import type { PublishedInstance } from '../jobshop/published-instances';
import type { Rule } from '../rules';

/** Makespans of non-delay schedules of published instances, ties by the lowest job number. */
export const PUBLISHED_RESULTS: readonly { instance: PublishedInstance; rule: Rule; makespan: number }[] = [
  { instance: 'ft06', rule: 'SPT', makespan: 88 },
  { instance: 'ft06', rule: 'FIFO', makespan: 65 },
  { instance: 'ft06', rule: 'MWKR', makespan: 61 },
  { instance: 'ft10', rule: 'SPT', makespan: 1074 },
  { instance: 'ft10', rule: 'FIFO', makespan: 1184 },
  { instance: 'la01', rule: 'SPT', makespan: 751 },
  { instance: 'abz5', rule: 'SPT', makespan: 1352 },
];
