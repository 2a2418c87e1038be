import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { sqlFile } from '../../../src/database/sql-file';
import type { Span } from './judge-runs';

const CHAOS = join(__dirname, '../../chaos');
const COUNT_ACTIVE_RUNS = sqlFile(CHAOS, 'sql/count_active_runs.sql');
const COUNT_PRODUCT_LOCKS = sqlFile(CHAOS, 'sql/count_product_locks.sql');
const FIND_FAULTS = sqlFile(CHAOS, 'sql/find_faults.sql');
const READ_PUBLISHED = sqlFile(CHAOS, 'sql/read_published.sql');
const LIST_RUN_SPANS = sqlFile(__dirname, 'sql/list_run_spans.sql');

/** A load of a workbook of this size is over by then, or it is stuck. */
const SETTLES_WITHIN_MS = 60_000;
const FILES_MOVE_WITHIN_MS = 10_000;
/** Jobs that follow a load hold the writers' lock for a moment; a lock that leaked goes with its session, idle for ten seconds. */
const LOCKS_GO_WITHIN_MS = 5_000;

/** What stands in the database, seen from beside the service. */
export class Watch {
  private constructor(
    private readonly client: pg.Client,
    private readonly dataDir: string,
  ) {}

  static async open(databaseUrl: string, dataDir: string): Promise<Watch> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    return new Watch(client, dataDir);
  }

  /** Waits until no run waits or runs. @returns whether that came */
  settle(): Promise<boolean> {
    return this.becomesNone(COUNT_ACTIVE_RUNS.text, SETTLES_WITHIN_MS);
  }

  private async becomesNone(count: string, withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const { rows } = await this.client.query<{ count: number }>(count);
      if (rows[0].count === 0) return true;
      if (Date.now() > deadline) return false;
      await sleep(100);
    }
  }

  /** When those of the runs that ran at all did so. */
  async spansOf(runs: readonly number[]): Promise<Span[]> {
    const { rows } = await this.client.query<Span>(LIST_RUN_SPANS.text, [runs]);
    return rows;
  }

  /** Name of the published workbook. */
  async published(): Promise<string | undefined> {
    const { rows } = await this.client.query<{ workbook_name: string }>(READ_PUBLISHED.text);
    return rows[0]?.workbook_name;
  }

  /** What may not be left once nothing runs, in words. */
  async faults(): Promise<string[]> {
    const { rows } = await this.client.query<{ fault: string }>(FIND_FAULTS.text);
    const isFree = await this.becomesNone(COUNT_PRODUCT_LOCKS.text, LOCKS_GO_WITHIN_MS);
    return [
      ...rows.map(({ fault }) => fault),
      ...(await this.leftFiles()),
      ...(isFree ? [] : ['a lock is held though nothing runs']),
    ];
  }

  /** A load's files are moved into place after it has published. */
  private async leftFiles(): Promise<string[]> {
    const deadline = Date.now() + FILES_MOVE_WITHIN_MS;
    for (;;) {
      const processed = await readdir(join(this.dataDir, 'processed')).catch(() => []);
      const uploads = await readdir(join(this.dataDir, 'uploads')).catch(() => []);
      const left = [
        ...processed.filter((name) => name.startsWith('.')).map((name) => `left in processed: ${name}`),
        ...uploads.filter((name) => name.endsWith('.part')).map((name) => `left in uploads: ${name}`),
      ];
      if (left.length === 0 || Date.now() > deadline) return left;
      await sleep(200);
    }
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
