import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testServer, urlOfDatabase } from './test-server';

/** Prefix of every database the tests make; the leak check at the end of the run looks for it. */
export const TEST_PREFIX = 'prodplan_test_';

export interface TestDatabase {
  url: string;
  /** Drops the database. @throws Error naming the sessions that are still open on it: a test that leaves one leaks. */
  drop(): Promise<void>;
}

/** A migrated, empty database of the caller's own, cloned from the template (about 50 ms). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { template } = testServer();
  return create(`TEMPLATE ${template} STRATEGY FILE_COPY`);
}

/** A database with nothing in it, for tests of the migrations themselves. */
export async function createBlankDatabase(): Promise<TestDatabase> {
  return create('TEMPLATE template0');
}

async function create(from: string): Promise<TestDatabase> {
  const { adminUrl } = testServer();
  const name = TEST_PREFIX + randomBytes(6).toString('hex');
  await admin(adminUrl, (client) => client.query(`CREATE DATABASE ${name} ${from}`));
  return {
    url: urlOfDatabase(adminUrl, name),
    drop: () =>
      admin(adminUrl, async (client) => {
        const open = await openSessions(client, name);
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
        if (open.length > 0) throw new Error(`The test left sessions open:\n${open.join('\n')}`);
      }),
  };
}

/**
 * Sessions on databases whose name begins with the prefix, one line each. A client's end() resolves before the
 * server has seen it leave, hence the patience: five seconds, for a machine that has others to serve.
 */
export async function openSessions(client: pg.Client, prefix: string): Promise<string[]> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await client.query<{ line: string }>(
      `SELECT format('%s: %s (%s): %s', datname, application_name, state, left(query, 120)) AS line
         FROM pg_stat_activity WHERE starts_with(datname, $1) AND backend_type = 'client backend'`,
      [prefix],
    );
    if (rows.length === 0 || attempt === 100) return rows.map((row) => row.line);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function admin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
