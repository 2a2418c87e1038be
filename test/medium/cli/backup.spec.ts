import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { ApiKeyStore } from '../../../src/auth/keys/api-key.store';
import { runBackup, runRestore } from '../../../src/cli/commands/backup';
import { findTool } from '../../../src/cli/release/postgres-tools';
import { smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { startTestApp } from '../../support/app';
import { createBlankDatabase } from '../../support/test-database';

const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() });
const QUESTIONS = [
  '/api/prodplan/orders?include_total=true',
  '/api/prodplan/schedule/current',
  '/api/prodplan/risk_queue',
  '/api/kpis/overview',
  '/api/quality/overview',
  '/api/smartinventory/wip',
  '/api/ops/data-contract',
  '/api/ingestion/report/1',
  '/api/ingestion/rejects/1',
];

async function answers(url: string): Promise<unknown[]> {
  return Promise.all(QUESTIONS.map(async (path) => (await fetch(url + path)).json()));
}

/** The commands read their database from the environment, as their user gives it. */
async function on<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  process.env.DATABASE_URL = databaseUrl;
  try {
    return await work();
  } finally {
    delete process.env.DATABASE_URL;
  }
}

describe('a backup', () => {
  let product: IngestionApp;
  let dir: string;
  let hasTools: boolean;

  beforeAll(async () => {
    product = await startIngestionApp();
    dir = mkdtempSync(join(tmpdir(), 'prodplan-backup-'));
    await product.load(smallFactory());
    await product.app.get(ApiKeyStore, { strict: false }).create({ name: 'kept', scopes: ['read'] }, new Date());
    const { rows } = await product.sql.query<{ major: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS major`,
    );
    try {
      findTool('pg_dump', rows[0].major);
      hasTools = true;
    } catch {
      hasTools = false;
    }
  });
  afterAll(async () => {
    await product.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('restored into an empty server gives the same answers; without pg_dump of its version it says what to install', async () => {
    const file = join(dir, 'nightly.dump');
    const backup = on(product.env.databaseUrl!, () => runBackup(file, NOWHERE));
    if (!hasTools) {
      await expect(backup).rejects.toMatchObject({
        code: 'NO_POSTGRES_TOOLS',
        suggestion: expect.stringMatching(/postgresql-client-\d+/),
      });
      expect(readdirSync(dir)).toEqual([]);
      return;
    }
    await backup;
    const blank = await createBlankDatabase();
    await on(blank.url, () => runRestore(file, NOWHERE));
    const restored = await startTestApp({ env: { databaseUrl: blank.url } });
    expect(await answers(restored.url)).toEqual(await answers(product.url));
    const keys = await restored.app.get(ApiKeyStore, { strict: false }).list();
    expect(keys.map(({ name }) => name)).toEqual(['kept']);
    await restored.close();
    // A restore overwrites nothing.
    await expect(on(blank.url, () => runRestore(file, NOWHERE))).rejects.toMatchObject({ code: 'DATABASE_NOT_EMPTY' });
    await blank.drop();
  });

  it('of a file that is not there is refused', async () => {
    expect(existsSync(join(dir, 'none.dump'))).toBe(false);
    await expect(runRestore(join(dir, 'none.dump'), NOWHERE)).rejects.toMatchObject({ code: 'NO_BACKUP' });
  });
});
