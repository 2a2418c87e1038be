import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import {
  buildDataSource,
  MIGRATIONS_TABLE,
  pendingMigrations,
  revertAllMigrations,
  runMigrations,
} from '../../../src/database/data-source';
import { createBlankDatabase, TestDatabase } from '../../support/test-database';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

/** What is left in the product's schemas and in public, migrations' own record apart. */
async function objects(dataSource: DataSource): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(
    `SELECT format('%s.%s', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('core', 'staging', 'ops')
         OR (n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> $1)`,
    [MIGRATIONS_TABLE],
  );
  return rows.map((row) => row.name);
}

describe('the migrations', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeEach(async () => {
    database = await createBlankDatabase();
    dataSource = await buildDataSource(database.url, 3).initialize();
  });

  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('run up from nothing, down to nothing, and up again', async () => {
    const pending = await pendingMigrations(dataSource);
    const applied = await runMigrations(dataSource);
    expect(applied.length).toBeGreaterThan(0);
    expect(pending).toEqual(applied);
    expect(await pendingMigrations(dataSource)).toEqual([]);
    const made = (await objects(dataSource)).sort();

    expect(await revertAllMigrations(dataSource)).toEqual([...applied].reverse());
    expect(await objects(dataSource)).toEqual([]);

    expect(await runMigrations(dataSource)).toEqual(applied);
    expect((await objects(dataSource)).sort()).toEqual(made);
  });

  it('do nothing the second time', async () => {
    await runMigrations(dataSource);
    expect(await runMigrations(dataSource)).toEqual([]);
  });

  it('run once when two processes start at once', async () => {
    const other = await buildDataSource(database.url, 3).initialize();
    const [one, two] = await Promise.all([runMigrations(dataSource), runMigrations(other)]);
    await other.destroy();
    expect(Math.min(one.length, two.length)).toBe(0);
    expect(one.length + two.length).toBe(dataSource.migrations.length);
  });

  it('refuse a database that a newer version has migrated', async () => {
    await runMigrations(dataSource);
    await dataSource.query(`INSERT INTO ${MIGRATIONS_TABLE} (timestamp, name) VALUES (9999999999999, 'FromTheFuture')`);
    await expect(runMigrations(dataSource)).rejects.toThrow(
      'The database is newer than this program: it has FromTheFuture',
    );
  });
});

describe('the migration entry', () => {
  function migrate(env: NodeJS.ProcessEnv, args: string[] = []): Promise<{ code: number | null; err: string }> {
    const entry = join(__dirname, '../../../src/database/migrate.ts');
    const child = spawn(process.execPath, ['-r', '@swc-node/register', entry, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    // Not 'exit', which may come before all that was written has been read.
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, err: err.trim() })));
  }

  it.each([
    { DATABASE_URL: 'sqlite:///prodplan.db' },
    { DATABASE_URL: 'mysql://localhost/x' },
    { EMBEDDED_POSTGRES: 'false' },
  ])('refuses %o by itself, with the words of the specification', async (env) => {
    expect(await migrate(env)).toEqual({
      code: 1,
      err: 'DATABASE_URL is required. PostgreSQL 15+ only. SQLite is not supported.',
    });
  });

  it('refuses an option it does not know, before it touches a database', async () => {
    const { code, err } = await migrate({ DATABASE_URL: 'postgres://nowhere:1/x' }, ['--drop']);
    expect(code).toBe(1);
    expect(err).toContain('Unknown option --drop');
  });

  it('applies and reverts', async () => {
    const database = await createBlankDatabase();
    expect(await migrate({ DATABASE_URL: database.url })).toEqual({ code: 0, err: '' });
    expect(await migrate({ DATABASE_URL: database.url }, ['--down-all'])).toEqual({ code: 0, err: '' });
    await database.drop();
  });
});
