import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRepeatStrategy } from 'bullmq';
import { databaseIdentity } from '../../src/database/database-identity';
import { Database } from '../../src/database/database';
import { JOBS } from '../../src/queue/jobs';
import { PostgresQueues, type QueueBackend, RedisQueues } from '../../src/queue/queue-backend';
import { QUEUE_NAMES } from '../../src/queue/queues';
import { SCHEDULES } from '../../src/queue/schedules';
import type { ChaosDatabase } from './database';

/** Two looks of a worker, and time to do what they find. */
const MENDED_WITHIN_MS = 40_000;
const OVERDUE_MS = 60_000;

/** Waits until everything that repeats will be done when its pattern says. @returns what will not, in words */
export async function lateSchedules(database: ChaosDatabase, redisUrl?: string): Promise<string[]> {
  const backend = await backendOf(database, redisUrl);
  await backend.open();
  const queues = new Map(QUEUE_NAMES.map((name) => [name, backend.queue(name)]));
  for (const queue of queues.values()) queue.on('error', () => undefined);
  try {
    const deadline = performance.now() + MENDED_WITHIN_MS;
    for (;;) {
      const late: string[] = [];
      for (const { job, pattern } of SCHEDULES) {
        const now = Date.now();
        const due = defaultRepeatStrategy(now, { pattern, tz: 'UTC' }) ?? 0;
        const next = (await queues.get(JOBS[job].queue)?.getJobScheduler(job))?.next;
        const wrong = lateness(next, due, now);
        if (wrong !== undefined) late.push(`${job} ${wrong}`);
      }
      if (late.length === 0 || performance.now() > deadline) return late;
      await sleep(500);
    }
  } finally {
    await Promise.all([...queues.values()].map((queue) => queue.close()));
    await backend.close();
  }
}

/**
 * What is wrong with the time at which something repeats next, in words.
 *
 * @param next when it will be done @param due when its pattern says so @param now all three in milliseconds since 1970
 */
export function lateness(next: number | undefined, due: number, now: number): string | undefined {
  if (next === undefined) return 'repeats no more';
  if (next > due) return `is put off until ${new Date(next).toISOString()}`;
  // What has come due waits for its turn among the others, but not for long.
  return now - next > OVERDUE_MS ? `has not been done since ${new Date(next).toISOString()}` : undefined;
}

async function backendOf(database: ChaosDatabase, redisUrl: string | undefined): Promise<QueueBackend> {
  if (redisUrl === undefined) return new PostgresQueues(database.url, 1);
  const identity = await database.with((client) =>
    databaseIdentity(new Database(client as unknown as ConstructorParameters<typeof Database>[0], database.url)),
  );
  return new RedisQueues(redisUrl, identity);
}
