import { buildInstance, PUBLISHED_INSTANCES, readJobshop, type Rule, RULES } from '@libs/simulation';
import { table } from '../markdown';
import { largeShop } from './instances';
import { measureSpeed, millions } from './measure';
import type { Section } from './section';

const TARGET = 1.5e6;

/** How many operations and events a second, on a published instance and on one like a large factory. */
export const speedSection: Section = ({ isQuick }) => {
  const instances = [
    { name: 'la40 (15 jobs x 15 machines)', instance: buildInstance(readJobshop(PUBLISHED_INSTANCES.la40)) },
    { name: '1,000 jobs x 50 operations x 50 machines', instance: largeShop(1000) },
  ];
  const rules: readonly Rule[] = isQuick ? ['FIFO', 'SPT'] : RULES;
  const rows: string[][] = [];
  let slowest = Infinity;
  for (const { name, instance } of instances) {
    for (const rule of rules) {
      const speed = measureSpeed(instance, rule, isQuick ? 2 : undefined);
      slowest = Math.min(slowest, speed.operationsPerSecond);
      rows.push([
        `${name}, ${rule}`,
        millions(speed.operationsPerSecond),
        millions(speed.eventsPerSecond),
        speed.millis.toFixed(3),
      ]);
    }
  }
  return Promise.resolve({
    title: 'Speed',
    blocks: [
      table(['instance and rule', 'operations/s', 'events/s', 'ms a run'], rows),
      'An operation is queueing, dispatch and completion; events are what the calendar hands out, arrivals among them. One thread, its time on the processor.',
    ],
    verdicts: [
      {
        target: 'at least 1.5 million operations per second, every rule on both instances',
        found: `${millions(slowest)}, the slowest`,
        isReached: slowest >= TARGET,
      },
    ],
  });
};
