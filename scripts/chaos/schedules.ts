import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRepeatStrategy } from 'bullmq';
import { databaseIdentity } from '../../src/database/database-identity';
import { Database } from '../../src/database/database';
import { JOBS } from '../../src/queue/jobs';
import { PostgresQueues, type QueueBackend, RedisQueues } from '../../src/queue/queue-backend';
import { SCHEDULES } from '../../src/queue/schedules';
import type { ChaosDatabase } from './database';

/** Two looks of a worker, and time to do what they find. */
const MENDED_WITHIN_MS = 40_000;

/** Waits until everything that repeats will be done when its pattern says. @returns what will not, in words */
export async function lateSchedules(database: ChaosDatabase, redisUrl?: string): Promise<string[]> {
  const backend = await backendOf(database, redisUrl);
  await backend.open();
  const queue = backend.queue('analytics');
  queue.on('error', () => undefined);
  try {
    const deadline = performance.now() + MENDED_WITHIN_MS;
    for (;;) {
      const late: string[] = [];
      for (const { job, pattern } of SCHEDULES.filter((schedule) => JOBS[schedule.job].queue === 'analytics')) {
        const due = defaultRepeatStrategy(Date.now(), { pattern, tz: 'UTC' }) ?? 0;
        const next = (await queue.getJobScheduler(job))?.next;
        if (next === undefined) late.push(`${job} repeats no more`);
        else if (next > due) late.push(`${job} is put off until ${new Date(next).toISOString()}`);
      }
      if (late.length === 0 || performance.now() > deadline) return late;
      await sleep(500);
    }
  } finally {
    await queue.close();
    await backend.close();
  }
}

async function backendOf(database: ChaosDatabase, redisUrl: string | undefined): Promise<QueueBackend> {
  if (redisUrl === undefined) return new PostgresQueues(database.url, 1);
  const identity = await database.with((client) =>
    databaseIdentity(new Database(client as unknown as ConstructorParameters<typeof Database>[0], database.url)),
  );
  return new RedisQueues(redisUrl, identity);
}
