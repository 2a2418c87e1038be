import { QueueHost } from '../../../src/queue/queue-host';
import { QUEUE_NAMES } from '../../../src/queue/queues';
import { startTestApp, type TestApp } from '../../support/app';
import { CHROMIUM, startBrowser, type TestBrowser } from '../../support/browser';
import { until } from '../../support/until';

const KEY = 'the-key-of-this-test';
const REFUSED = 'GET /ops/queues/api/queues/ml/jobs unknown';
const redisUrl = process.env.TEST_REDIS_URL;
const backends: { kind: 'postgres' | 'redis'; redis?: string }[] = [{ kind: 'postgres' }];
if (redisUrl) backends.push({ kind: 'redis', redis: redisUrl });

const basic = (password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`,
});

interface Listed {
  queues: { name: string; counts: Record<string, number>; jobs: { id: string; failedReason: string }[] }[];
}

describe.each(backends)('the board of queues on $kind', ({ kind, redis }) => {
  let product: TestApp;
  beforeAll(async () => {
    // Without workers: the job that the tests put in stays where it is.
    product = await startTestApp({
      queues: true,
      env: { redisUrl: redis, role: 'api', requireApiKey: true, apiKey: KEY },
    });
    await product.app.get(QueueHost).queue('ml').add('ml.train', { trainingId: 7 }, { jobId: 'ml-train-7' });
  });
  afterAll(() => product.close());

  const ask = (path: string, headers: Record<string, string> = basic(KEY), method = 'GET') =>
    fetch(`${product.url}/ops/queues${path}`, { headers, method });
  const audited = async (): Promise<string[]> => {
    const { rows } = await product.sql.query<{ line: string }>(
      `SELECT action || ' ' || target || ' ' || actor AS line FROM ops.audit_log ORDER BY audit_id`,
    );
    return rows.map(({ line }) => line);
  };

  it('shows every queue and what waits in it', async () => {
    expect(product.app.get(QueueHost).kind).toBe(kind);
    const page = await ask('');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const { queues } = (await (await ask('/api/queues?activeQueue=ml&status=waiting')).json()) as Listed;
    expect(queues.map(({ name }) => name).sort()).toEqual([...QUEUE_NAMES].sort());
    const ml = queues.find(({ name }) => name === 'ml');
    expect(ml?.counts).toMatchObject({ waiting: 1 });
    expect(ml?.jobs.map(({ id }) => id)).toEqual(['ml-train-7']);
    expect((await ask('/api/redis/stats')).status).toBe(200);
  });

  it('has a policy of its own, and asks nothing of the internet', async () => {
    const page = await ask('');
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('x-powered-by')).toBeNull();
    expect(await page.text()).not.toMatch(/https?:\/\//);
    const elsewhere = await fetch(`${product.url}/api/health`);
    expect(elsewhere.headers.get('content-security-policy')).not.toBe(page.headers.get('content-security-policy'));
  });

  it('opens with an admin key only, as password or as header, and says so to a browser', async () => {
    for (const headers of [{}, basic('wrong'), basic('')]) {
      for (const path of ['', '/api/queues', '/static/js/main.js']) {
        const refused = await ask(path, headers);
        expect({ path, status: refused.status }).toEqual({ path, status: 401 });
        expect(refused.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
      }
    }
    expect((await ask('', { 'X-API-Key': KEY })).status).toBe(200);
    expect((await ask('/api/queues', { 'X-API-Key': KEY })).status).toBe(200);
  });

  it('records who opened it and what was changed, not what the open page reads', async () => {
    await product.sql.query('DELETE FROM ops.audit_log');
    await ask('');
    await ask('/api/queues');
    await ask('/api/queues/ml/jobs', basic('wrong'));
    expect((await ask('/api/queues/ml/pause', basic(KEY), 'PUT')).status).toBe(200);
    expect(await product.app.get(QueueHost).queue('ml').isPaused()).toBe(true);
    expect((await ask('/api/queues/ml/resume', basic(KEY), 'PUT')).status).toBe(200);
    const recorded = await audited();
    // Refusals are recorded beside the answer, those of the tests before maybe only now.
    expect(recorded.filter((line) => line.endsWith(' API_KEY'))).toEqual([
      'GET /ops/queues API_KEY',
      'PUT /ops/queues/api/queues/ml/pause API_KEY',
      'PUT /ops/queues/api/queues/ml/resume API_KEY',
    ]);
    await until(async () => (await audited()).includes(REFUSED));
  });

  it('changes nothing for a page of another origin that makes the browser ask', async () => {
    const foreign = await ask('/api/queues/ml/pause', { ...basic(KEY), Origin: 'http://evil.example' }, 'PUT');
    expect(foreign.status).toBe(403);
    expect(await product.app.get(QueueHost).queue('ml').isPaused()).toBe(false);
    const own = await ask('/api/queues/ml/resume', { ...basic(KEY), Origin: product.url }, 'PUT');
    expect(own.status).toBe(200);
  });

  it('answers what it has not with the error of the product, and is one route to the metrics', async () => {
    const missing = await ask('/nothing/here');
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ error_code: 'NOT_FOUND' });
    const metrics = await (await fetch(`${product.url}/metrics`)).text();
    expect(metrics).toContain('route="GET /ops/queues"');
    expect(metrics).not.toContain('route="GET /api/queues"');
  });

  (CHROMIUM === undefined ? describe.skip : describe)('in a real browser', () => {
    let browser: TestBrowser;
    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(() => browser.close());

    it('shows the queues and a job, and asks nobody else for anything', async () => {
      const page = await browser.context.newPage();
      const hosts = new Set<string>();
      const complaints: string[] = [];
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.setExtraHTTPHeaders(basic(KEY));
      await page.goto(`${product.url}/ops/queues`);
      for (const name of QUEUE_NAMES) await page.getByText(name, { exact: true }).first().waitFor();
      await page.goto(`${product.url}/ops/queues/queue/ml?status=waiting`);
      await page.getByText('ml.train').first().waitFor();
      if (process.env.SCREENSHOT) await page.screenshot({ path: `${process.env.SCREENSHOT}-${kind}.png` });
      expect(complaints).toEqual([]);
      expect([...hosts]).toEqual([new URL(product.url).host]);
      await page.close();
    });
  });
});

it('is open where no key is asked for', async () => {
  const product = await startTestApp({ queues: true, env: { role: 'api' } });
  expect((await fetch(`${product.url}/ops/queues`)).status).toBe(200);
  expect((await fetch(`${product.url}/ops/queues/api/queues`)).status).toBe(200);
  await product.close();
});
