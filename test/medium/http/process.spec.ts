import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallFactory, writeFactory } from '../../support/factory-workbook';
import { startProduct as start } from '../../support/product-process';
import { createBlankDatabase, createTestDatabase, type TestDatabase } from '../../support/test-database';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

describe('the process', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('says once where it listens, in JSON when nobody watches, serves, and ends cleanly on SIGTERM', async () => {
    const started = start({ DATABASE_URL: database.url });
    const [, url] = await started.says(/Listening on (http:\/\/127\.0\.0\.1:\d+) /);
    for (const line of started.out().trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
    }
    expect(started.out()).toContain(`${url}/docs`);
    expect(started.out()).not.toContain('RouterExplorer');
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(started.err()).not.toMatch(/error/i);
  });

  it('is healthy for the check of its image, and not when it is gone', async () => {
    const dockerfile = readFileSync(join(__dirname, '../../../Dockerfile'), 'utf8');
    const [, command] = /^HEALTHCHECK .*\\\n {2}CMD (\[.*\])$/m.exec(dockerfile)!;
    const [, ...check] = JSON.parse(command) as string[];
    const exitCode = (port: string) => spawnSync(process.execPath, check, { env: { PORT: port } }).status;
    const started = start({ DATABASE_URL: database.url });
    const [, port] = await started.says(/Listening on http:\/\/127\.0\.0\.1:(\d+) /);
    expect(exitCode(port)).toBe(0);
    started.child.kill('SIGTERM');
    await started.ended;
    expect(exitCode(port)).toBe(1);
  });

  it('ties a request to the load it began: one id in the answer, in every line of the load, and in its run', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'prodplan-process-'));
    await writeFactory(join(dataDir, 'w.xlsx'), smallFactory());
    const started = start({ DATABASE_URL: database.url, DATA_DIR: dataDir, READ_THREADS: '1' });
    const [, url] = await started.says(/Listening on (http:\/\/127\.0\.0\.1:\d+) /);
    const form = new FormData();
    form.append('file', new Blob([readFileSync(join(dataDir, 'w.xlsx'))]), 'w.xlsx');
    const answer = await fetch(`${url}/api/ingestion/upload`, {
      method: 'POST',
      headers: { 'X-Request-Id': 'asked-by-me' },
      body: form,
    });
    expect(answer.headers.get('x-request-id')).toBe('asked-by-me');
    const { run_id } = (await answer.json()) as { run_id: number };
    await started.says(/"msg":"load published"/);
    const lines = started
      .out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line.run_id === run_id);
    for (const line of lines) expect(line).toMatchObject({ correlation_id: 'asked-by-me', job: 'ingestion.load' });
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'sheet loaded',
        sheet: 'OrdensFabrico',
        entity: 'ordens_fabrico',
        rows: smallFactory().OrdensFabrico.length,
        duration_ms: expect.any(Number),
      }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'step done', step: 'merge', rows: expect.any(Number) }),
    );
    expect(lines.at(-1)).toMatchObject({
      msg: 'load published',
      rows: expect.any(Number),
      duration_ms: expect.any(Number),
    });
    started.child.kill('SIGTERM');
    await started.ended;
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('refuses to start on a database without the schema, saying what to run', async () => {
    const blank = await createBlankDatabase();
    const started = start({ DATABASE_URL: blank.url });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err()).toMatch(/^The database lacks \d+ migrations\. Run: npm run migrate$/m);
    await blank.drop();
  });

  it('names the port that is taken, without a stack', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const started = start({ DATABASE_URL: database.url, PORT: String(port) });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err()).toContain(`PORT=${port}: something listens on 127.0.0.1:${port} already.`);
    expect(started.err()).not.toContain('    at ');
    other.close();
  });

  it('stops on a wrong configuration with exactly the words of the specification', async () => {
    const started = start({ DATABASE_URL: 'sqlite:///x.db' });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err().trim()).toBe('DATABASE_URL is required. PostgreSQL 15+ only. SQLite is not supported.');
  });

  it('says in one line that the database cannot be reached', async () => {
    const started = start({ DATABASE_URL: 'postgresql://u:secret@127.0.0.1:1/x' });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err()).toMatch(/^The database of DATABASE_URL cannot be reached: .*127\.0\.0\.1:1\n$/);
    expect(started.err()).not.toContain('secret');
  });
});
