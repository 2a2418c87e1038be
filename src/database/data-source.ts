import { join } from 'node:path';
import { DataSource, DataSourceOptions } from 'typeorm';
import pg from 'pg';
import { requireServerVersion } from './server-version';
import { sessionUrl } from './session';

/** Where applied migrations are recorded (schema public: it must exist before any migration has run). */
export const MIGRATIONS_TABLE = 'schema_migrations';

/** Any constant: it only has to be the same in every process that migrates this product's database. */
const MIGRATION_LOCK = 7_305_150_001;

/** How long a request waits for a connection, a free one of the pool included. */
const CONNECT_TIMEOUT_MS = 15_000;

/** TypeORM's options for this product. */
export function dataSourceOptions(url: string, poolSize = 10): DataSourceOptions {
  return {
    type: 'postgres',
    url: sessionUrl(url, 'prodplan'),
    poolSize,
    // A server that takes connections and stays silent is answered for by a 503, not by a request that never ends.
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    synchronize: false,
    migrations: [join(__dirname, '../../migrations/*.{ts,js}')],
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    installExtensions: false,
  };
}

/** A DataSource for what runs without Nest: the command line, the migration entry, tests. */
export function buildDataSource(url: string, poolSize?: number): DataSource {
  return new DataSource(dataSourceOptions(url, poolSize));
}

/** The node-postgres pool TypeORM opened: the only one of the process. */
export function poolOf(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { master: pg.Pool }).master;
}

/**
 * Applies the pending migrations and returns their names. Processes that start at once take turns.
 * @throws Error when the server is older than 15, or the database has migrations this code does not know.
 */
export async function runMigrations(dataSource: DataSource): Promise<string[]> {
  return withMigrationLock(dataSource, async () => {
    const applied = await dataSource.runMigrations();
    return applied.map((migration) => migration.name);
  });
}

/** Reverts every migration, newest first, and returns their names. */
export async function revertAllMigrations(dataSource: DataSource): Promise<string[]> {
  return withMigrationLock(dataSource, async (client) => {
    const reverted: string[] = [];
    for (let names = await appliedMigrations(client); names.length > 0; names = await appliedMigrations(client)) {
      await dataSource.undoLastMigration();
      reverted.push(names[names.length - 1]);
    }
    return reverted;
  });
}

/** Names of the migrations this code has and the database has not. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const client = await poolOf(dataSource).connect();
  try {
    const applied = new Set(await appliedMigrations(client));
    return knownMigrations(dataSource).filter((name) => !applied.has(name));
  } finally {
    client.release();
  }
}

function knownMigrations(dataSource: DataSource): string[] {
  return dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
}

async function appliedMigrations(client: pg.PoolClient): Promise<string[]> {
  const found = await client.query<{ present: boolean }>('SELECT to_regclass($1) IS NOT NULL AS present', [
    `public.${MIGRATIONS_TABLE}`,
  ]);
  if (!found.rows[0].present) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM public.${MIGRATIONS_TABLE} ORDER BY timestamp, id`,
  );
  return rows.map((row) => row.name);
}

async function withMigrationLock<T>(dataSource: DataSource, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await poolOf(dataSource).connect();
  try {
    await requireServerVersion(client);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const known = new Set(knownMigrations(dataSource));
    const unknown = (await appliedMigrations(client)).filter((name) => !known.has(name));
    if (unknown.length > 0) {
      throw new Error(
        `The database is newer than this program: it has ${unknown.join(', ')}. Start the version that made it, or a newer one.`,
      );
    }
    return await work(client);
  } finally {
    // Destroyed, not returned to the pool: closing the session is the one release of the lock that cannot fail.
    client.release(true);
  }
}
