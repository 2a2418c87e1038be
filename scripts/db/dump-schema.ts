/**
 * Writes docs/schema.sql from the catalogs of a database that only the migrations have touched. Needs neither pg_dump nor
 * a server: an embedded one is started in a temporary folder and taken away again.
 *
 * Run: npm run schema:dump
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDataSource, poolOf, runMigrations } from '../../src/database/data-source';
import { attachEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';
import { renderSchema } from './render-schema';

const TARGET = join(__dirname, '../../docs/schema.sql');

async function dump(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'prodplan-schema-'));
  // mkdtemp makes it 0700; as root the server runs under another account, which has to get in.
  chmodSync(dataDir, 0o755);
  try {
    const engine = await attachEmbeddedPostgres({ dataDir });
    const dataSource = buildDataSource(engine.url, 2);
    try {
      await dataSource.initialize();
      await runMigrations(dataSource);
      const client = await poolOf(dataSource).connect();
      const text = await renderSchema(client).finally(() => client.release());
      writeFileSync(TARGET, text);
      console.log(`docs/schema.sql: ${text.split('\n').length} lines`);
    } finally {
      if (dataSource.isInitialized) await dataSource.destroy();
      await engine.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

dump().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
