import { Injectable } from '@nestjs/common';
import { Test, TestingModule } from '@nestjs/testing';
import type { Queue } from 'bullmq';
import { ENV } from '../../../src/config/config.module';
import { readEnv, Role } from '../../../src/config/env';
import { MetricsModule } from '../../../src/common/metrics';
import { currentScope, withinScope } from '../../../src/common/work-scope';
import { ConfigModule } from '../../../src/config/config.module';
import { DatabaseModule } from '../../../src/database/database.module';
import { JobContext, JobProcessor } from '../../../src/queue/base.processor';
import { JobProducer } from '../../../src/queue/job-producer';
import { JOB_NAMES } from '../../../src/queue/jobs';
import { QueueHost } from '../../../src/queue/queue-host';
import { QueueModule } from '../../../src/queue/queue.module';
import { SCHEDULES } from '../../../src/queue/schedules';
import { createTestDatabase, TestDatabase } from '../../support/test-database';
import { until } from '../../support/until';

/** Stands in for the load: remembers what it was given and does what the test says. */
@Injectable()
class FakeLoad extends JobProcessor<'ingestion.load'> {
  readonly job = 'ingestion.load';
  readonly seen: number[] = [];
  work: (context: JobContext) => Promise<void> = () => Promise.resolve();

  async process({ runId }: { runId: number }, context: JobContext): Promise<{ runId: number }> {
    this.seen.push(runId);
    await this.work(context);
    return { runId };
  }
}

/** Some job that repeats daily. */
const NIGHTLY = 'analytics.eta-backtest';
const HOUR_MS = 3_600_000;

/** A handler of every job but the load's, which does nothing. */
const OTHERS = JOB_NAMES.filter((name) => name !== 'ingestion.load').map((job) => ({
  provide: job,
  useFactory: () =>
    new (class extends JobProcessor {
      readonly job = job;
      process = () => Promise.resolve();
    })(),
}));

const redisUrl = process.env.TEST_REDIS_URL;
const backends: { kind: 'postgres' | 'redis'; redis: string }[] = [{ kind: 'postgres', redis: '' }];
if (redisUrl) backends.push({ kind: 'redis', redis: redisUrl });

describe.each(backends)('queues on $kind', ({ kind, redis }) => {
  let database: TestDatabase;
  const open: TestingModule[] = [];

  async function start(role: Role, providers = [FakeLoad]): Promise<TestingModule> {
    const env = readEnv({ DATABASE_URL: database.url, REDIS_URL: redis, ROLE: role, DATABASE_POOL_SIZE: '2' });
    const app = await Test.createTestingModule({
      imports: [ConfigModule, MetricsModule, DatabaseModule, QueueModule],
      providers: [...providers, ...OTHERS],
    })
      .overrideProvider(ENV)
      .useValue(env)
      .compile();
    // The failures the tests provoke are logged as errors, which would look like failures of the tests.
    app.useLogger(false);
    open.push(app);
    return app.init();
  }

  beforeEach(async () => {
    database = await createTestDatabase();
  });

  afterEach(async () => {
    for (const app of open.splice(0)) await app.close();
    await database.drop();
  });

  it('say which backend they live on, and that it answers', async () => {
    const host = (await start('all')).get(QueueHost);
    expect(host.kind).toBe(kind);
    expect(await host.ping()).toBe(true);
  });

  it('hand a job to its handler and keep its result', async () => {
    const app = await start('all');
    const id = await app.get(JobProducer).add('ingestion.load', { runId: 7 });
    const queue = app.get(QueueHost).queue('ingestion');
    await until(async () => (await queue.getJob(id))?.finishedOn !== undefined);
    expect(app.get(FakeLoad).seen).toEqual([7]);
    expect((await queue.getJob(id))?.returnvalue).toEqual({ runId: 7 });
  });

  it('run a job on the account of who asked for it, and what it asks for on the same', async () => {
    const app = await start('all');
    const producer = app.get(JobProducer);
    const scopes: unknown[] = [];
    app.get(FakeLoad).work = async () => {
      scopes.push(currentScope());
      if (scopes.length === 1) await producer.add('ingestion.load', { runId: 8 });
    };
    await withinScope({ correlationId: 'abc', endpoint: 'POST /x' }, () =>
      producer.add('ingestion.load', { runId: 7 }),
    );
    await until(() => scopes.length === 2);
    expect(scopes).toMatchObject(
      [7, 8].map((run) => ({
        correlationId: 'abc',
        endpoint: 'job ingestion.load',
        job: { name: 'ingestion.load', id: `ingestion-load-${run}` },
      })),
    );
    // The handler sees its payload and nothing beside it.
    expect(app.get(FakeLoad).seen).toEqual([7, 8]);
  });

  it('leave a job that waits on the account of who asked for it, whoever asks for it anew', async () => {
    const api = await start('api');
    const producer = api.get(JobProducer);
    const ask = (correlationId: string, how: 'add' | 'renew'): Promise<string> =>
      withinScope({ correlationId, endpoint: 'POST /x' }, () => producer[how]('ingestion.load', { runId: 7 }));
    const id = await ask('abc', 'add');
    await ask('other', 'renew');
    await producer.renew('ingestion.load', { runId: 7 });
    const job = await api.get(QueueHost).queue('ingestion').getJob(id);
    expect(job?.data).toEqual({ runId: 7, asked_by: { correlationId: 'abc' } });
  });

  it('run a job once however often it is added', async () => {
    const app = await start('all');
    const ids = await Promise.all([1, 1, 1, 2].map((runId) => app.get(JobProducer).add('ingestion.load', { runId })));
    expect(new Set(ids).size).toBe(2);
    const queue = app.get(QueueHost).queue('ingestion');
    await until(async () => (await queue.getCompletedCount()) === 2);
    expect([...app.get(FakeLoad).seen].sort()).toEqual([1, 2]);
  });

  it('let the API role add jobs that only the worker role runs', async () => {
    const api = await start('api');
    const id = await api.get(JobProducer).add('ingestion.load', { runId: 3 });
    const queue = api.get(QueueHost).queue('ingestion');
    expect(await queue.getWaitingCount()).toBe(1);
    const worker = await start('worker');
    await until(async () => (await queue.getJob(id))?.finishedOn !== undefined);
    expect(api.get(FakeLoad).seen).toEqual([]);
    expect(worker.get(FakeLoad).seen).toEqual([3]);
  });

  it('keep why a job failed and do not try a load twice', async () => {
    const app = await start('all');
    app.get(FakeLoad).work = () => Promise.reject(new Error('the workbook is bad'));
    const id = await app.get(JobProducer).add('ingestion.load', { runId: 4 });
    const queue = app.get(QueueHost).queue('ingestion');
    await until(async () => (await queue.getFailedCount()) === 1);
    expect((await queue.getJob(id))?.failedReason).toBe('the workbook is bad');
    expect(app.get(FakeLoad).seen).toEqual([4]);
  });

  it('tell a running job that the process ends, and wait for it', async () => {
    const app = await start('all');
    let ended = false;
    app.get(FakeLoad).work = ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          setTimeout(() => {
            ended = true;
            resolve();
          }, 50);
        });
      });
    await app.get(JobProducer).add('ingestion.load', { runId: 5 });
    await until(() => app.get(FakeLoad).seen.length === 1);
    open.pop();
    if (redis) await app.get(QueueHost).queue('ingestion').drain();
    await app.close();
    expect(ended).toBe(true);
  });

  it('give up a job that does not end within the bound', async () => {
    const app = await start('all');
    let finish!: () => void;
    const aborted: boolean[] = [];
    app.get(FakeLoad).work = async ({ signal }) => {
      await new Promise<void>((resolve) => (finish = resolve));
      aborted.push(signal.aborted);
    };
    await app.get(JobProducer).add('ingestion.load', { runId: 6 });
    await until(() => app.get(FakeLoad).seen.length === 1);
    const host = app.get(QueueHost);
    expect(host.isEnding).toBe(false);
    const began = performance.now();
    await host.drain(50, 100);
    // 150 ms were given; without a bound it would wait for ever.
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(host.isEnding).toBe(true);
    finish();
    await until(() => aborted.length === 1);
    expect(aborted).toEqual([true]);
  });

  it('mend what repeats no more, or not in time', async () => {
    const host = (await start('worker')).get(QueueHost);
    const queue = host.queue('analytics');
    const [lost, late] = SCHEDULES.filter(({ pattern }) => pattern.endsWith('* * * *')).map(({ job }) => job);
    await queue.removeJobScheduler(lost);
    // Put off to a New Year, as by a clock that was ahead when the next time was computed.
    await queue.upsertJobScheduler(late, { pattern: '0 0 1 1 *', tz: 'UTC' });
    await host.mendSchedules();
    for (const job of [lost, late]) {
      expect((await queue.getJobScheduler(job))?.next).toBeLessThanOrEqual(Date.now() + HOUR_MS);
    }
    // One whose minute has just come is worked on for a moment.
    await until(async () => (await queue.getDelayedCount()) === SCHEDULES.length);
  });

  const nextOf = async (queue: Queue): Promise<number> => (await queue.getJobScheduler(NIGHTLY))?.next ?? 0;

  /** Lets the next time be computed anew by a clock that is 30 hours behind. */
  async function mendBehind(host: QueueHost): Promise<void> {
    const behind = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 30 * HOUR_MS);
    await host.mendSchedules();
    behind.mockRestore();
  }

  /** What a clock leaves that was ahead and then behind: the next time is past and done, the one after it as well. */
  async function stuck(host: QueueHost): Promise<Queue> {
    const queue = host.queue('analytics');
    const doNext = async (): Promise<void> => {
      const id = `repeat:${NIGHTLY}:${await nextOf(queue)}`;
      // The worker may have been faster.
      await (await queue.getJob(id))?.promote().catch(() => undefined);
      await until(async () => (await queue.getJobState(id)) === 'completed');
    };
    await doNext();
    await mendBehind(host);
    await doNext();
    expect(await nextOf(queue)).toBeLessThan(Date.now());
    return queue;
  }

  it('mend what is done of the next time already, by a clock that was ahead', async () => {
    const host = (await start('worker')).get(QueueHost);
    const queue = await stuck(host);
    await host.mendSchedules();
    const next = await nextOf(queue);
    expect(next).toBeGreaterThan(Date.now());
    expect(next).toBeLessThanOrEqual(Date.now() + 24 * HOUR_MS);
    expect(await queue.getJobState(`repeat:${NIGHTLY}:${next}`)).toBe('delayed');
  });

  it('start where the next time is done already, by a clock that was ahead', async () => {
    await stuck((await start('worker')).get(QueueHost));
    const queue = (await start('worker')).get(QueueHost).queue('analytics');
    expect(await nextOf(queue)).toBeGreaterThan(Date.now());
  });

  it('leave what has come due to whoever is next, and wake who sleeps by a clock that was behind', async () => {
    const host = (await start('worker')).get(QueueHost);
    const queue = host.queue('analytics');
    await queue.pause();
    await mendBehind(host);
    const next = await nextOf(queue);
    expect(next).toBeLessThan(Date.now());
    const state = () => queue.getJobState(`repeat:${NIGHTLY}:${next}`);
    for (let look = 0; look < 2; look += 1) {
      await host.mendSchedules();
      expect(await nextOf(queue)).toBe(next);
      expect(['waiting', 'paused']).toContain(await state());
    }
  });

  it('repeat what schedules.ts lists, once however often the product starts, and nothing that it does not list', async () => {
    const first = await start('worker');
    const queue = first.get(QueueHost).queue('analytics');
    await queue.upsertJobScheduler('analytics.of-an-older-build', { pattern: '0 0 * * *', tz: 'UTC' });
    await start('all');
    const found = (await queue.getJobSchedulers()).map(({ key, pattern, tz }) => ({ key, pattern, tz }));
    const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
    expect(found.sort(byKey)).toEqual(
      SCHEDULES.map(({ job, pattern }) => ({ key: job, pattern, tz: 'UTC' })).sort(byKey),
    );
    // Each waits for its time, once; one whose minute has just come is worked on for a moment.
    await until(async () => (await queue.getDelayedCount()) === SCHEDULES.length);
  });

  it('stop the start when a job has no handler', async () => {
    await expect(start('api', [])).rejects.toThrow(
      'Every job needs exactly one handler: ingestion.load has no handler.',
    );
  });
});

(redisUrl ? describe : describe.skip)('queues on redis that outlived their database', () => {
  it('take no job of another database for theirs, though its numbers are the same', async () => {
    const seen: number[][] = [];
    for (const round of [1, 2]) {
      const database = await createTestDatabase();
      const env = readEnv({ DATABASE_URL: database.url, REDIS_URL: redisUrl, DATABASE_POOL_SIZE: '2' });
      const app = await Test.createTestingModule({
        imports: [ConfigModule, MetricsModule, DatabaseModule, QueueModule],
        providers: [FakeLoad, ...OTHERS],
      })
        .overrideProvider(ENV)
        .useValue(env)
        .compile();
      app.useLogger(false);
      await app.init();
      // Run 1 of each: a job that is done is kept for a day, and one of its id would not be added again.
      await app.get(JobProducer).add('ingestion.load', { runId: 1 });
      await until(() => app.get(FakeLoad).seen.length > 0);
      expect(round).toBe(seen.push(app.get(FakeLoad).seen));
      await until(async () => (await app.get(QueueHost).queue('ingestion').getActiveCount()) === 0);
      await app.close();
      await database.drop();
    }
    expect(seen).toEqual([[1], [1]]);
  });
});

it('says that a Redis which is away cannot be reached, instead of waiting for it', async () => {
  const database = await createTestDatabase();
  // Port 1 of loopback: nothing listens there.
  const env = readEnv({ DATABASE_URL: database.url, REDIS_URL: 'redis://127.0.0.1:1/0' });
  const compiling = Test.createTestingModule({
    imports: [ConfigModule, MetricsModule, DatabaseModule, QueueModule],
    providers: [FakeLoad],
  })
    .overrideProvider(ENV)
    .useValue(env)
    .compile();
  await expect(compiling).rejects.toThrow('REDIS_URL: Redis at 127.0.0.1:1 cannot be reached.');
  await database.drop().catch((error: Error) => {
    // Nest gives no way to close a module that never came up; its pool is the one thing left open.
    if (!/left sessions open/.test(error.message)) throw error;
  });
});
