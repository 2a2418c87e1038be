import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqlFile } from '../../src/database/sql-file';
import type { ChaosDatabase } from './database';
import type { ProductProcess, ServerRole } from './processes';
import type { KnownWorkbook } from './workbooks';

const READ_PUBLISHED = sqlFile(__dirname, 'sql/read_published.sql');
const READ_LATEST = sqlFile(__dirname, 'sql/read_latest_run.sql');
const COUNT_ACTIVE_RUNS = sqlFile(__dirname, 'sql/count_active_runs.sql');
const FIND_FAULTS = sqlFile(__dirname, 'sql/find_faults.sql');
const COUNT_PRODUCT_LOCKS = sqlFile(__dirname, 'sql/count_product_locks.sql');

/** A load of any size in question is over by then, on a busy machine too; only a stuck one is waited for so long. */
const SETTLES_WITHIN_MS = 600_000;
/** What a database that came back may need until the service answers again. */
const ANSWERS_WITHIN_MS = 60_000;
/** Jobs that follow a load hold the writers' lock for a moment. */
const LOCKS_GO_WITHIN_MS = 30_000;
/** A load's files are moved into place after it has published. */
const FILES_MOVE_WITHIN_MS = 10_000;

/** What happens in a round. */
export type Target = ServerRole | 'postgres';
export const TARGETS: readonly Target[] = ['worker', 'api', 'postgres'];

export interface Published {
  run_id: number;
  status: string;
  workbook_name: string;
}

export interface LatestRun {
  run_id: number;
  status: string;
  error_code: string | null;
  error_remedy: string | null;
}

/** How far a load is. */
export type LoadState = 'waiting' | 'running' | 'ended';

/** One database, one API process, one worker process, and one DATA_DIR: what is shot at. */
export class ProductUnderFire {
  constructor(
    readonly database: ChaosDatabase,
    private readonly processes: Record<ServerRole, ProductProcess>,
    private readonly dataDir: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /**
   * Asks for a load; asks again while the answer is a 503, as a client would.
   *
   * @returns the status of the answer: 202 recorded, 200 nothing to do, 409 another one runs
   * @throws Error when it is a 503 for a minute, or anything else
   */
  async ask({ name }: KnownWorkbook): Promise<number> {
    const deadline = Date.now() + ANSWERS_WITHIN_MS;
    for (;;) {
      const response = await fetch(`${this.processes.api.url}/api/ingestion/run`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.headers },
        body: JSON.stringify({ path: name }),
      });
      const body = await response.text();
      if ([200, 202, 409].includes(response.status)) return response.status;
      if (response.status !== 503 || Date.now() > deadline) throw new Error(`${response.status}: ${body}`);
      await sleep(200);
    }
  }

  /**
   * kill -9 of one of the three, and a new one in its place. The others go on: they get no restart.
   *
   * @returns which of them had ended before, or ended with it, in words
   */
  async killAndRestart(target: Target): Promise<string[]> {
    const before = await this.raise(`before ${target} was killed`);
    if (target === 'postgres') await this.database.killAndRestart();
    else {
      await this.processes[target].end('SIGKILL');
      await this.processes[target].start();
    }
    return [...before, ...(await this.raise(`when ${target} was killed`))];
  }

  /** Starts what has ended by itself, so that the harness can go on. @returns what had, in words */
  async raise(when: string): Promise<string[]> {
    const dead = Object.values(this.processes).filter(({ alive }) => !alive);
    for (const process of dead) await process.start();
    return dead.map(({ role }) => `the ${role} ended ${when}`);
  }

  get url(): string {
    return this.processes.api.url;
  }

  /** The body of a page. @throws Error when it is not answered with 200 */
  async read(path: string): Promise<string> {
    const response = await fetch(this.url + path, { headers: this.headers });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`GET ${path}: ${response.status} ${body}`);
    return body;
  }

  /** Whether all of it still runs. */
  get alive(): boolean {
    return Object.values(this.processes).every(({ alive }) => alive);
  }

  /** The latest run. */
  latest(): Promise<LatestRun | undefined> {
    return this.database.with(async (client) => (await client.query<LatestRun>(READ_LATEST.text)).rows[0]);
  }

  /** How far the latest run is. */
  async loadState(): Promise<LoadState> {
    const run = await this.latest();
    if (run?.status === 'QUEUED') return 'waiting';
    return run?.status === 'RUNNING' ? 'running' : 'ended';
  }

  /** Waits until no run waits or runs, or a process has ended; what still does after ten minutes is a fault. */
  async settle(): Promise<void> {
    const deadline = Date.now() + SETTLES_WITHIN_MS;
    while (this.alive && (await this.count(COUNT_ACTIVE_RUNS.text)) > 0 && Date.now() < deadline) await sleep(100);
  }

  published(): Promise<Published | undefined> {
    return this.database.with(async (client) => (await client.query<Published>(READ_PUBLISHED.text)).rows[0]);
  }

  /** Everything that is not as it must be, in words; empty when all is. */
  async faults(known: readonly KnownWorkbook[]): Promise<string[]> {
    const found = await this.database.with(async (client) => {
      const { rows } = await client.query<{ fault: string }>(FIND_FAULTS.text);
      return rows.map(({ fault }) => fault);
    });
    found.push(...(await this.wrongContent(known)), ...(await this.leftFiles()));
    const deadline = Date.now() + LOCKS_GO_WITHIN_MS;
    while ((await this.count(COUNT_PRODUCT_LOCKS.text)) > 0) {
      if (Date.now() > deadline) return [...found, 'a lock is held though nothing runs'];
      await sleep(200);
    }
    return found;
  }

  private async wrongContent(known: readonly KnownWorkbook[]): Promise<string[]> {
    const published = await this.published();
    const expected = known.find(({ name }) => name === published?.workbook_name);
    if (!expected) return [`published is ${published?.workbook_name ?? 'nothing'}`];
    const content = await this.database.content();
    return Object.keys(expected.content)
      .filter((table) => content[table] !== expected.content[table])
      .map((table) => `${table} is not what ${expected.name} leads to`);
  }

  /** What is written aside before it is put in place: extracts, reports, uploads. The database's own folder is its own. */
  private async leftFiles(): Promise<string[]> {
    const deadline = Date.now() + FILES_MOVE_WITHIN_MS;
    for (;;) {
      const left: string[] = [];
      for (const folder of ['processed', 'reports', 'uploads']) {
        const names = await namesIn(join(this.dataDir, folder));
        left.push(...names.filter((name) => /^\.|\.(part|tmp)$/.test(name)).map((name) => `left: ${folder}/${name}`));
      }
      if (left.length === 0 || Date.now() > deadline) return left;
      await sleep(200);
    }
  }

  private count(sql: string): Promise<number> {
    return this.database.with(async (client) => (await client.query<{ count: number }>(sql)).rows[0].count);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.processes).map((process) => process.end('SIGTERM')));
    await this.database.close();
  }
}

/** A folder that nothing was written to may not be there. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
