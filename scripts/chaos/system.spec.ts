import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosDatabase } from './database';
import type { ProductProcess } from './processes';
import { ProductUnderFire, type Target } from './system';

/** Stands in for a process: lives until it is ended, and again when it is started. */
const processOf = (role: 'api' | 'worker') => {
  const process = {
    role,
    alive: true,
    end: () => Promise.resolve().then(() => void (process.alive = false)),
    start: () => Promise.resolve().then(() => void (process.alive = true)),
  };
  return process;
};

/** Stands in for a database of which every count is `count` and every list is empty. */
const databaseOf = (count: number, latest?: string) =>
  ({
    with: (work: (client: object) => Promise<unknown>) =>
      work({
        query: (sql: string) =>
          Promise.resolve({
            rows: /count\(/.test(sql) && !/HAVING/.test(sql) ? [{ count }] : latest ? [{ status: latest }] : [],
          }),
      }),
    killAndRestart: () => Promise.resolve(),
  }) as unknown as ChaosDatabase;

describe('a product under fire', () => {
  let dir: string;
  let api: ReturnType<typeof processOf>;
  let worker: ReturnType<typeof processOf>;
  const product = (database = databaseOf(0)): ProductUnderFire =>
    new ProductUnderFire(database, { api, worker } as unknown as Record<'api' | 'worker', ProductProcess>, dir);

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'chaos-spec-'));
    [api, worker] = [processOf('api'), processOf('worker')];
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it.each<Target>(['worker', 'api', 'postgres'])('lives on without a fault when %s is killed', async (target) => {
    expect(await product().killAndRestart(target)).toEqual([]);
    expect([api.alive, worker.alive]).toEqual([true, true]);
  });

  it('tells of a worker that had ended before it was to be killed', async () => {
    worker.alive = false;
    expect(await product().killAndRestart('worker')).toEqual(['the worker ended before worker was killed']);
    expect(worker.alive).toBe(true);
  });

  it('tells of a process that ended since, and starts it', async () => {
    api.alive = false;
    expect(await product().raise('after postgres was killed')).toEqual(['the api ended after postgres was killed']);
    expect(await product().raise('after postgres was killed')).toEqual([]);
  });

  it('does not wait for a run that nobody is left to do', async () => {
    worker.alive = false;
    await product(databaseOf(1)).settle();
  });

  it.each([
    ['QUEUED', 'waiting'],
    ['RUNNING', 'running'],
    ['COMPLETED', 'ended'],
    ['FAILED', 'ended'],
  ])('calls a load that is %s %s', async (status, state) => {
    expect(await product(databaseOf(0, status)).loadState()).toBe(state);
  });

  it('waits for files that are moved into place after the load', async () => {
    await mkdir(join(dir, 'processed'));
    const aside = join(dir, 'processed', '.extract');
    await writeFile(aside, '');
    const going = sleep(300).then(() => rm(aside));
    expect(await product().faults([])).toEqual(['published is nothing']);
    await going;
  });

  it('does not take a folder that cannot be read for an empty one', async () => {
    await writeFile(join(dir, 'reports'), '');
    await expect(product().faults([])).rejects.toThrow('ENOTDIR');
  });
});
