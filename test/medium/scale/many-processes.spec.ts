import { setTimeout as sleep } from 'node:timers/promises';
import { createRedisBackend, type Job, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { JOBS } from '../../../src/queue/jobs';
import { QUEUE_NAMES, type QueueName } from '../../../src/queue/queues';
import { SCHEDULES } from '../../../src/queue/schedules';
import type { SweepState } from '../../../src/whatif/sweep/sweeps.service';
import { smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { startProduct, type StartedProduct } from '../../support/product-process';

const redisUrl = process.env.TEST_REDIS_URL;
const WORKERS = 3;
/** Parts of sweeps that one process simulates side by side. */
const SIDE_BY_SIDE = 2;
/** Two sweeps of this many points, in parts of ten: eight parts for six places. */
const stepsFrom = (first: number): number[] => Array.from({ length: 40 }, (_, step) => first + step);

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 40_000; waited += 50) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`Within 40 s it did not happen that ${what}.`);
}

(redisUrl ? describe : describe.skip)('two APIs and three workers on one database and Redis', () => {
  let data: IngestionApp;
  let redis: Redis;
  const queues = new Map<QueueName, Queue>();
  const processes: StartedProduct[] = [];
  const urls: string[] = [];
  let workers: StartedProduct[] = [];
  let prefix: string;

  function start(role: 'api' | 'worker'): StartedProduct {
    const env = { DATABASE_URL: data.env.databaseUrl!, REDIS_URL: redisUrl!, DATA_DIR: data.env.dataDir };
    const process = startProduct({ ...env, ROLE: role, WHATIF_THREADS: '1', DATABASE_POOL_SIZE: '6' });
    processes.push(process);
    return process;
  }
  const queue = (name: QueueName): Queue => queues.get(name)!;
  const pidOf = ({ processedBy }: Job): number => Number(/-(\d+)$/.exec(processedBy ?? '')?.[1]);
  async function call(api: number, path: string, body?: object): Promise<SweepState> {
    const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return (await (await fetch(`${urls[api]}/api/whatif/sweep${path}`, body && post)).json()) as SweepState;
  }

  beforeAll(async () => {
    data = await startIngestionApp();
    await data.load(smallFactory());
    const apis = [start('api'), start('api')];
    for (const api of apis) urls.push((await api.says(/Listening on (http:\/\/127\.0\.0\.1:\d+) /))[1]);
    const { rows } = await data.sql.query<{ identity: string }>('SELECT identity FROM ops.database_identity');
    prefix = `prodplan-${rows[0].identity}`;
    redis = new Redis(redisUrl!, { maxRetriesPerRequest: null });
    for (const name of QUEUE_NAMES)
      queues.set(name, new Queue(name, { connection: redis, prefix }, createRedisBackend));
  }, 300_000);

  afterAll(async () => {
    for (const { child } of processes) child.kill('SIGKILL');
    for (const { ended } of processes) await ended;
    for (const each of queues.values()) {
      await each.obliterate({ force: true });
      await each.close();
    }
    redis?.disconnect();
    await data.close();
  });

  it('spread the jobs over all workers, and lose none when a worker is killed', async () => {
    const sweeps = [await call(0, '', { steps: stepsFrom(1) }), await call(1, '', { steps: stepsFrom(41) })];
    expect(sweeps.map(({ points }) => points)).toEqual([40, 40]);
    // Each worker comes to where it writes its first point, and waits there.
    await data.sql.query('BEGIN');
    await data.sql.query('LOCK TABLE ops.whatif_sweep_points IN SHARE MODE');
    workers = Array.from({ length: WORKERS }, () => start('worker'));
    for (const worker of workers) await worker.says(/Working \(role worker\)/);
    const active = () => queue('whatif').getActive() as Promise<Job[]>;
    const parts = async () => (await active()).filter(({ name }) => name === 'whatif.sweep-part');
    await until('all places are taken', async () => (await parts()).length === WORKERS * SIDE_BY_SIDE);
    const taken = (await parts()).map(pidOf).sort((one, other) => one - other);
    const places = workers.flatMap(({ child }) => Array.from({ length: SIDE_BY_SIDE }, () => child.pid!));
    expect(taken).toEqual(places.sort((one, other) => one - other));

    const [killed] = workers;
    const lost = (await parts()).filter((job) => pidOf(job) === killed.child.pid).map(({ id }) => id!);
    killed.child.kill('SIGKILL');
    await killed.ended;
    await data.sql.query('ROLLBACK');
    // The locks of a worker that is gone run out after a minute (lockDuration): here at once.
    expect(await redis.del(...lost.map((id) => `${prefix}:whatif:${id}:lock`))).toBe(SIDE_BY_SIDE);
    for (const [api, { sweep_id }] of sweeps.entries()) {
      await until('the sweep ends', async () => (await call(api, `/${sweep_id}`)).status === 'COMPLETED');
      // Each API sees the sweep that the other one began.
      expect(await call(1 - api, `/${sweep_id}`)).toMatchObject({ status: 'COMPLETED', points: 40, done: 40 });
    }

    const done = ((await queue('whatif').getCompleted()) as Job[]).filter(({ name }) => name === 'whatif.sweep-part');
    expect(done).toHaveLength(8);
    const again = done.filter(({ attemptsStarted }) => attemptsStarted !== 1);
    expect(again.map(({ id, attemptsStarted }) => [id, attemptsStarted]).sort()).toEqual(
      lost.map((id) => [id, 2]).sort(),
    );
    const survivors = workers.slice(1).map(({ child }) => child.pid);
    expect(new Set(done.map(pidOf))).toEqual(new Set(survivors));
    expect(await queue('whatif').getFailedCount()).toBe(0);
  }, 300_000);

  it('have each schedule once, and fire it once each time', async () => {
    for (const name of QUEUE_NAMES) {
      const wanted = SCHEDULES.filter(({ job }) => JOBS[job].queue === name).map(({ job }) => job);
      const keys = (await queue(name).getJobSchedulers()).map(({ key }) => key);
      expect({ name, keys: keys.sort() }).toEqual({ name, keys: [...wanted].sort() });
    }
    // Every second instead of every night.
    const job = 'maintenance.prune-audit-log';
    const nightly = (await queue('analytics').getJobScheduler(job))!;
    await queue('analytics').upsertJobScheduler(job, { pattern: '* * * * * *', tz: 'UTC' }, { name: job, data: {} });
    const fired = async () => ((await queue('analytics').getCompleted()) as Job[]).filter(({ name }) => name === job);
    // repeat:<schedule>:<milliseconds of its time>
    const secondOf = ({ id }: Job): number => Number(/:(\d+)$/.exec(id!)![1]) / 1000;
    const seconds = async () => (await fired()).map(secondOf).sort((one, other) => one - other);
    // A machine that stands still for a second passes over one: sooner or later there are four in a row.
    await until('it has fired four seconds in a row', async () =>
      (await seconds()).some((second, place, all) => all[place + 3] === second + 3),
    );
    await queue('analytics').upsertJobScheduler(job, { pattern: nightly.pattern!, tz: 'UTC' }, { name: job, data: {} });
    const jobs = await fired();
    expect(new Set(jobs.map(secondOf)).size).toBe(jobs.length);
    expect(jobs.map(({ attemptsStarted }) => attemptsStarted)).toEqual(jobs.map(() => 1));
  });
});
