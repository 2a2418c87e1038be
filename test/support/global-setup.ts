// Jest's own hook ends when this file is loaded; TypeORM loads the migrations, which are TypeScript, after that.
import '@swc-node/register';
import { rmSync } from 'node:fs';
import { buildDataSource, runMigrations } from '../../src/database/data-source';
import { attachEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';
import { admin, openSessions, TEST_PREFIX } from './test-database';
import { publishTestServer, urlOfDatabase } from './test-server';
import { tempDataDir } from './temp-data-dir';
import { atTeardown } from './teardown-steps';

/** A test run's data need not survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * One server for the run (TEST_DATABASE_URL's, else an embedded one in a temporary folder), migrated once into a
 * template that each test file clones. At the end no session may be open on any test database.
 */
export default async function globalSetup(): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  const adminUrl = given === undefined || given === '' ? await startEmbedded() : given;
  const template = `prodplan_template_${process.pid}`;
  await admin(adminUrl, (client) => client.query(`CREATE DATABASE ${template} TEMPLATE template0`));
  atTeardown(() =>
    admin(adminUrl, async (client) => {
      const open = await openSessions(client, TEST_PREFIX);
      await client.query(`DROP DATABASE ${template} WITH (FORCE)`);
      if (open.length > 0) throw new Error(`The tests left sessions open:\n${open.join('\n')}`);
    }),
  );
  const dataSource = await buildDataSource(urlOfDatabase(adminUrl, template), 3).initialize();
  await runMigrations(dataSource);
  await dataSource.destroy();
  publishTestServer({ adminUrl, template });
}

async function startEmbedded(): Promise<string> {
  const dataDir = tempDataDir('test');
  const engine = await attachEmbeddedPostgres({ dataDir, settings: FAST });
  atTeardown(async () => {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return engine.url;
}
