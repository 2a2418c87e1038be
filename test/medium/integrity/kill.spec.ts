import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { attachEmbeddedPostgres } from '../../../src/database/embedded/embedded-postgres';
import { RunExecutor } from '../../../src/ingestion/pipeline/run-executor';
import { coreOf } from '../../support/core-content';
import { at, order, phase, smallFactory, writeFactory, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { tempDataDir } from '../../support/temp-data-dir';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

/** A workbook that inserts, updates, and moves phase 22 from February to March. */
function changedFactory(): FactorySheets {
  const sheets = smallFactory();
  return {
    ...sheets,
    Modelos: [...sheets.Modelos, { Produto_Id: 102, Produto_Nome: 'K4' }],
    OrdensFabrico: [...sheets.OrdensFabrico, order(4, '2025-03-01T08:00:00', 102, 1, {})],
    FasesOrdemFabrico: [
      ...sheets.FasesOrdemFabrico.map((row) =>
        row.FaseOf_Id === 22 ? { ...row, FaseOf_Fim: at('2025-03-03T09:00:00') } : row,
      ),
      phase(41, 4, 1, 1, { inicio: '2025-03-02T08:00:00' }),
    ],
  };
}

const { NODE_COMPILE_CACHE } = process.env;

/** Loads a workbook in a process of its own. */
function startLoad(file: string, env: NodeJS.ProcessEnv): { kill: () => void; ended: Promise<number | string | null> } {
  const entry = join(__dirname, '../../support/load-process.ts');
  const child = spawn(process.execPath, ['-r', '@swc-node/register', entry, file], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      NODE_COMPILE_CACHE,
      NODE_ENV: 'test',
      READ_THREADS: '1',
      ...env,
    },
  });
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  return { kill: () => void child.kill('SIGKILL'), ended };
}

/**
 * Waits until `sql` counts what is wanted, half a minute at most: a busy machine starts processes slowly. Inside a
 * transaction pg_stat_activity would stand still but for the clearing.
 */
async function until(sql: pg.Client, statement: string, wanted: (count: number) => boolean): Promise<void> {
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    await sql.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await sql.query<{ count: number }>(`SELECT count(*)::int AS count ${statement}`);
    if (wanted(rows[0].count)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for: ${statement}`);
}
const OTHERS_WAITING = `FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
/**
 * Where progress does not tell: while a load publishes, the run's own row is locked and none can be written; evidence is
 * written beside the steps.
 */
const WAITING_STATEMENTS: Record<string, string | undefined> = {
  publish: 'UPDATE ops.ops_cache_version',
  'the writing of evidence beside it': 'INSERT INTO ops.rejects',
};
const LOCK_HELD = `FROM pg_locks WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const published = async (sql: pg.Client): Promise<number> =>
  (await sql.query<{ run: number }>('SELECT run_id::int AS run FROM ops.ops_cache_version')).rows[0].run;
const statusOf = async (sql: pg.Client, run: number): Promise<string> =>
  (await sql.query<{ status: string }>('SELECT status FROM ops.ingestion_runs WHERE run_id = $1', [run])).rows[0]
    .status;

describe('a load killed with kill -9', () => {
  let app: IngestionApp;
  let expected: Record<string, unknown[]>;

  beforeAll(async () => {
    const other = await startIngestionApp();
    await other.load(changedFactory());
    expected = await coreOf(other);
    await other.close();
  });
  beforeEach(async () => {
    app = await startIngestionApp();
    await app.load(smallFactory());
    await app.write('changed.xlsx', changedFactory());
  });
  afterEach(() => app.close());

  // A statement of the step needs what the test holds, so that the process dies in the middle of that very step.
  it.each([
    ['extract', 'LOCK TABLE staging.modelos_raw IN SHARE MODE'],
    ['the writing of evidence beside it', 'LOCK TABLE ops.rejects IN SHARE MODE'],
    ['merge', 'LOCK TABLE core.fases_ordem_fabrico IN SHARE MODE'],
    ['backfill', 'LOCK TABLE core.ordens_estado IN SHARE MODE'],
    ['publish', 'SELECT * FROM ops.ops_cache_version FOR UPDATE'],
  ])('during %s leaves the published data, and a new run ends as if nothing had been', async (step, hold) => {
    const before = await coreOf(app);
    await app.sql.query('BEGIN');
    await app.sql.query(hold);
    const file = join(app.env.dataDir, 'changed.xlsx');
    const load = startLoad(file, { DATABASE_URL: app.env.databaseUrl, DATA_DIR: app.env.dataDir });
    const waitingFor = WAITING_STATEMENTS[step];
    const reached = waitingFor
      ? `${OTHERS_WAITING} AND query LIKE '%${waitingFor}%'`
      : `FROM ops.ingestion_runs WHERE progress->>'step' = '${step}'`;
    await until(app.sql, reached, (count) => count > 0);
    await until(app.sql, OTHERS_WAITING, (count) => count > 0);
    load.kill();
    expect(await load.ended).toBe('SIGKILL');
    await app.sql.query('ROLLBACK');
    // The server learns of the death when it next speaks to the process; with the session goes the lock.
    await until(app.sql, LOCK_HELD, (count) => count === 0);

    expect(await coreOf(app)).toEqual(before);
    expect(await published(app.sql)).toBe(1);
    await app.app.get(RunExecutor).recover();
    expect(await statusOf(app.sql, 2)).toBe('INTERRUPTED');
    for (const table of ['ops.rejects', 'ops.data_quality_issues']) {
      expect((await app.sql.query(`SELECT FROM ${table} WHERE run_id = 2`)).rows).toEqual([]);
    }
    expect((await readdir(join(app.env.dataDir, 'processed'))).filter((name) => name.startsWith('.'))).toEqual([]);

    const again = await app.service.acceptAndRun({ path: 'changed.xlsx' });
    expect(again).toMatchObject({ outcome: 'COMPLETED', report: { run_id: 3 } });
    expect(await coreOf(app)).toEqual(expected);
  });

  it('counts as running while a session beside it lives on, and is closed once that is gone', async () => {
    await app.sql.query(`INSERT INTO ops.ingestion_runs (status, created_at, workbook_name, workbook_path)
      VALUES ('RUNNING', now(), 'killed.xlsx', 'killed.xlsx')`);
    await app.sql.query('SELECT pg_advisory_lock(7305150003)');
    const executor = app.app.get(RunExecutor);
    await executor.recover();
    expect(await statusOf(app.sql, 2)).toBe('RUNNING');
    await app.sql.query('SELECT pg_advisory_unlock(7305150003)');
    await executor.recover();
    expect(await statusOf(app.sql, 2)).toBe('INTERRUPTED');
  });

  it('after its commit is published all the same, and its files are put in place at the next start', async () => {
    const processed = join(app.env.dataDir, 'processed');
    const files = (await readdir(processed)).sort();
    expect(files).toContain('Modelos.csv.gz');
    await mkdir(join(processed, '.run-1'));
    for (const file of files) await rename(join(processed, file), join(processed, '.run-1', file));
    await app.app.get(RunExecutor).recover();
    expect((await readdir(processed)).sort()).toEqual(files);
  });
});

describe('PostgreSQL killed with kill -9 during a load', () => {
  // Newest first, also when the test fails: no server and no folder may be left.
  const cleanUps: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  });

  it('comes back with the published data as they were, and the next load ends as if nothing had been', async () => {
    const dataDir = tempDataDir('kill');
    cleanUps.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const env = { DATA_DIR: dataDir };
    const [first, changed] = [join(dataDir, 'first.xlsx'), join(dataDir, 'changed.xlsx')];
    await writeFactory(first, smallFactory());
    await writeFactory(changed, changedFactory());

    const open = async (): Promise<{ sql: pg.Client; pid: number; close(): Promise<void> }> => {
      const engine = await attachEmbeddedPostgres({ dataDir });
      const sql = new pg.Client({ connectionString: engine.url });
      sql.on('error', () => undefined);
      await sql.connect();
      const close = async (): Promise<void> => {
        await sql.end().catch(() => undefined);
        await engine.close();
      };
      cleanUps.push(close);
      return { sql, pid: engine.pid, close };
    };
    const content = (sql: pg.Client): Promise<Record<string, unknown[]>> => coreOf({ sql } as IngestionApp);

    const server = await open();
    expect(await startLoad(first, env).ended).toBe(0);
    const before = await content(server.sql);
    await server.sql.query('BEGIN');
    await server.sql.query('LOCK TABLE core.fases_ordem_fabrico IN SHARE MODE');
    const load = startLoad(changed, env);
    cleanUps.push(load.kill);
    await until(server.sql, OTHERS_WAITING, (count) => count > 0);
    process.kill(server.pid, 'SIGKILL');
    expect(await load.ended).toBe(1);
    await server.close();

    const revived = await open();
    expect(await content(revived.sql)).toEqual(before);
    expect(await published(revived.sql)).toBe(1);
    expect(await startLoad(changed, env).ended).toBe(0);
    expect(await statusOf(revived.sql, 2)).toBe('INTERRUPTED');
    // Not necessarily 3: after a crash PostgreSQL skips up to 32 numbers of a sequence.
    const again = await published(revived.sql);
    expect(again).toBeGreaterThan(2);
    expect(await statusOf(revived.sql, again)).toBe('COMPLETED');
    const month = await revived.sql.query(
      `SELECT tableoid::regclass::text AS part FROM core.fases_ordem_fabrico WHERE faseof_id = 22`,
    );
    expect(month.rows).toEqual([{ part: 'core.fases_ordem_fabrico_y2025m03' }]);
  }, 240_000);
});
