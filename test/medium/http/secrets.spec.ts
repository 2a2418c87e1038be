import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { generateApiKey } from '../../../src/auth/keys/api-key';
import { startProduct } from '../../support/product-process';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

const SECRET = 'Tr0ub4dor-and-3';

describe('secrets', () => {
  let database: TestDatabase;
  let dataDir: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'prodplan-secrets-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** All that the process writes: to its outputs, to its files, and into its tables about requests. */
  async function written(output: string): Promise<string> {
    const files = (readdirSync(dataDir, { recursive: true }) as string[])
      .map((name) => join(dataDir, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, 'utf8'));
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ text: string }>(
      `SELECT to_jsonb(a)::text AS text FROM ops.audit_log a
       UNION ALL SELECT to_jsonb(k)::text FROM ops.api_keys k
       UNION ALL SELECT to_jsonb(r)::text FROM ops.ingestion_runs r`,
    );
    await client.end();
    return [output, ...files, ...rows.map((row) => row.text)].join('\n');
  }

  it('are in nothing that the product writes or answers, however it is asked and at the loudest log level', async () => {
    const product = startProduct({
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'trace',
      REQUIRE_API_KEY: 'true',
      API_KEY: SECRET,
    });
    const [, url] = await product.says(/Listening on (http:\/\/127\.0\.0\.1:\d+) /);
    const guessed = generateApiKey().key;
    const answers: string[] = [];
    const ask = async (path: string, init: RequestInit = {}) => {
      answers.push(await (await fetch(url + path, init)).text());
    };
    for (const key of [SECRET, guessed]) {
      await ask('/api/ingestion/run', { method: 'POST', headers: { 'X-API-Key': key } });
      for (const query of [
        `?api_key=${key}`,
        `?x=1&api_key=${key}&y=2`,
        `?API_KEY=${key}`,
        `?api%5Fkey=${key}`,
        `?api_key[]=${key}`,
      ]) {
        await ask(`/api/ingestion/run${query}`, { method: 'POST' });
        await ask(`/api/prodplan/orders${query}`);
        await ask(`/nowhere${query}`);
      }
    }
    product.child.kill('SIGTERM');
    await product.ended;
    const output = product.out() + product.err();
    const everything = (await written(output)) + answers.join('\n');
    expect(output).toContain('/nowhere');
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain(guessed);
    // Where the tests run on a server with a password: its address must not show it either.
    const { password } = new URL(database.url);
    if (password !== '') expect(everything).not.toContain(`:${password}@`);
  });
});
