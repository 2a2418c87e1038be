import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { loadSettings } from '../../../src/ingestion/pipeline/settings';
import { JobProducer } from '../../../src/queue/job-producer';
import { startTestApp, type TestApp, type TestAppOptions } from '../../support/app';
import { clearRuns, seedRun } from './runs.seed';

/** Everything is real but the queue: a job is only given its id. */
const NO_WORKER: Pick<TestAppOptions, 'override'> = {
  override: (builder) => builder.overrideProvider(JobProducer).useValue({ add: queued, renew: queued }),
};

function queued(name: string, { runId }: { runId: number }): Promise<string> {
  return Promise.resolve(`${name}-${runId}`);
}

const CONTENT = 'not read by these tests';

async function post(url: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text), text };
}

describe('starting and stopping loads', () => {
  let product: TestApp;
  let outside: string;

  beforeAll(async () => {
    outside = mkdtempSync(join(tmpdir(), 'prodplan-outside-'));
    // The operator's own word may lead outside the data folder; a request's may not.
    product = await startTestApp({ ...NO_WORKER, env: { folhaIaPath: join(outside, 'Folha_IA.xlsx') } });
    writeFileSync(join(outside, 'secret.xlsx'), CONTENT);
    const raw = join(product.env.dataDir, 'raw');
    mkdirSync(raw, { recursive: true });
    writeFileSync(join(raw, 'Folha_IA.xlsx'), CONTENT);
    writeFileSync(product.env.folhaIaPath, CONTENT);
    symlinkSync(outside, join(raw, 'link'));
    symlinkSync(join(outside, 'secret.xlsx'), join(raw, 'link.xlsx'));
  });
  afterAll(async () => {
    await product.close();
    rmSync(outside, { recursive: true, force: true });
  });
  afterEach(() => clearRuns(product.sql));

  async function recorded(runId: number): Promise<Record<string, unknown>> {
    const { rows } = await product.sql.query('SELECT * FROM ops.ingestion_runs WHERE run_id = $1', [runId]);
    return rows[0] as Record<string, unknown>;
  }

  it('answers 202 at once with the job and the run to follow', async () => {
    const { status, body } = await post(`${product.url}/api/ingestion/run`, { path: 'raw/Folha_IA.xlsx' });
    expect(status).toBe(202);
    expect(body).toEqual({
      status: 'QUEUED',
      job_id: `ingestion.load-${body.run_id}`,
      run_id: expect.any(Number),
      message: `Queued as run ${body.run_id}. Follow it at /api/ingestion/progress/${body.run_id}.`,
    });
    expect(await recorded(body.run_id)).toMatchObject({
      status: 'QUEUED',
      workbook_name: 'Folha_IA.xlsx',
      excel_sha256: createHash('sha256').update(CONTENT).digest('hex'),
      forced: false,
      allow_mass_absence: [],
    });
  });

  it('records what was asked for and under which correlation id', async () => {
    const request = { path: 'raw/Folha_IA.xlsx', force: true, allow_mass_absence: ['Fases', 'Modelos'] };
    const { body } = await post(`${product.url}/api/ingestion/run`, request, { 'X-Request-Id': 'ask-1' });
    expect(await recorded(body.run_id)).toMatchObject({
      forced: true,
      allow_mass_absence: ['Fases', 'Modelos'],
      correlation_id: 'ask-1',
    });
  });

  it.each(['/api/ops/ingestion/run?api_key=0123456789', '/api/ingestion/run', '/api/api/ops/ingestion/run?api_key='])(
    'loads the file of FOLHA_IA_PATH when %s comes without a body, as the frontend sends it',
    async (path) => {
      const { status, body } = await post(product.url + path);
      expect(status).toBe(202);
      expect(await recorded(body.run_id)).toMatchObject({ workbook_path: product.env.folhaIaPath });
    },
  );

  it('takes an absolute path below the data folder', async () => {
    const path = join(product.env.dataDir, 'raw', 'Folha_IA.xlsx');
    expect((await post(`${product.url}/api/ingestion/run`, { path })).status).toBe(202);
  });

  it('answers 409 with the run that is going', async () => {
    const going = await seedRun(product.sql, { status: 'QUEUED' });
    const { status, body } = await post(`${product.url}/api/ingestion/run`, { path: 'raw/Folha_IA.xlsx' });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      error_code: 'INGESTION_BUSY',
      run_id: going,
      detail: expect.stringContaining(`${going}`),
    });
  });

  it('answers 200 NO_OP with the run that holds this content, and makes no new run', async () => {
    const sha256 = createHash('sha256').update(CONTENT).digest('hex');
    const { hash: settingsHash } = loadSettings(product.env);
    const held = await seedRun(product.sql, { sha256, settingsHash, published: true });
    const { status, body } = await post(`${product.url}/api/ingestion/run`, { path: 'raw/Folha_IA.xlsx' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'NO_OP',
      job_id: 'none',
      run_id: held,
      total_processed: 100,
      total_rejected: 3,
    });
    expect((await product.sql.query('SELECT FROM ops.ingestion_runs')).rowCount).toBe(1);
  });

  it.each([
    ['a way up', { path: '../secret.xlsx' }],
    ['a way up from below', { path: 'raw/../../x.xlsx' }],
    ['an absolute path outside', { path: '/etc/passwd' }],
    ['a link that leads out', { path: 'raw/link.xlsx' }],
    ['a folder link that leads out', { path: 'raw/link/secret.xlsx' }],
    ['the data folder itself', { path: '.' }],
    ['a folder', { path: 'raw' }],
    ['no file', { path: 'raw/none.xlsx' }],
    ['an empty path', { path: '' }],
    ['a null character', { path: 'raw/Folha_IA.xlsx\u0000.txt' }],
    ['a number', { path: 5 }],
    ['a list', { path: ['raw/Folha_IA.xlsx'] }],
    ['an endless path', { path: 'a/'.repeat(3000) }],
    ['a word for force', { force: 'maybe' }],
    ['an unknown sheet', { allow_mass_absence: ['Moldes'] }],
    ['a list as the body', [{ path: 'raw/Folha_IA.xlsx' }]],
  ])('answers 400 with detail to %s, and records no run', async (_name, request) => {
    const { status, body } = await post(`${product.url}/api/ingestion/run`, request);
    expect(status).toBe(400);
    expect(typeof body.detail).toBe('string');
    expect((await product.sql.query('SELECT FROM ops.ingestion_runs')).rowCount).toBe(0);
  });

  it('tells nothing about files outside: one that exists and one that does not read the same', async () => {
    const existing = await post(`${product.url}/api/ingestion/run`, { path: join(outside, 'secret.xlsx') });
    const missing = await post(`${product.url}/api/ingestion/run`, { path: join(outside, 'nothing.xlsx') });
    expect(existing.body.error_code).toBe('PATH_OUTSIDE_DATA');
    expect(missing.body.error_code).toBe('PATH_OUTSIDE_DATA');
  });

  describe('POST /api/ingestion/cancel/{run_id}', () => {
    it('ends a waiting run', async () => {
      const runId = await seedRun(product.sql, { status: 'QUEUED' });
      const { status, body } = await post(`${product.url}/api/ingestion/cancel/${runId}`);
      expect({ status, body }).toEqual({ status: 202, body: { run_id: runId, status: 'CANCELLED' } });
    });

    it('answers 409 for a run that has ended, 404 for an unknown one, 400 for no number', async () => {
      const runId = await seedRun(product.sql);
      expect((await post(`${product.url}/api/ingestion/cancel/${runId}`)).status).toBe(409);
      expect((await post(`${product.url}/api/ingestion/cancel/${runId + 1}`)).status).toBe(404);
      expect((await post(`${product.url}/api/ingestion/cancel/latest`)).status).toBe(400);
    });
  });

  it('says that the queue is away with a 503, and leaves no run that waits for it', async () => {
    const queue = jest.spyOn(product.app.get(JobProducer), 'add').mockRejectedValueOnce(new Error('not writeable'));
    const { status, body } = await post(`${product.url}/api/ingestion/run`, { path: 'raw/Folha_IA.xlsx', force: true });
    queue.mockRestore();
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { error_code: 'QUEUE_UNAVAILABLE', run_id: expect.any(Number) as number },
    });
    const { rows } = await product.sql.query('SELECT status, error_code FROM ops.ingestion_runs WHERE run_id = $1', [
      (body as { run_id: number }).run_id,
    ]);
    expect(rows).toEqual([{ status: 'FAILED', error_code: 'QUEUE_UNAVAILABLE' }]);
  });
});

describe('the API key of a product that requires one', () => {
  const KEY = 'a key & more#1';
  let product: TestApp;

  beforeAll(async () => {
    product = await startTestApp({
      ...NO_WORKER,
      env: { requireApiKey: true, apiKey: KEY, folhaIaPath: '/none.xlsx' },
    });
  });
  afterAll(() => product.close());

  const starting = ['/api/ingestion/run', '/api/ops/ingestion/run', '/api/ingestion/upload', '/api/ingestion/cancel/1'];

  it.each(starting)('%s answers 401 with detail without it or with another one', async (path) => {
    for (const headers of [{}, { 'X-API-Key': 'dev-key' }] as Record<string, string>[]) {
      const { status, body, text } = await post(product.url + path, undefined, headers);
      expect(status).toBe(401);
      expect(typeof body.detail).toBe('string');
      expect(text).not.toContain('dev-key');
    }
  });

  it.each(starting)('%s goes on with it, in the header or in the query', async (path) => {
    const inHeader = await post(product.url + path, undefined, { 'X-API-Key': KEY });
    const inQuery = await post(`${product.url}${path}?api_key=${encodeURIComponent(KEY)}`);
    // 400 or 404: there is no file and no run here, which is only found behind the guard
    for (const { status } of [inHeader, inQuery]) expect([400, 404]).toContain(status);
  });

  it('is not asked for where nothing is started or stopped', async () => {
    expect((await fetch(`${product.url}/api/ingestion/runs`)).status).toBe(200);
  });
});
