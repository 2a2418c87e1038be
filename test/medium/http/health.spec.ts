import type { HealthDto } from '../../../src/ops/dto/health.dto';
import type { OpsHealthDto } from '../../../src/ops/dto/ops-health.dto';
import type { Problem } from '../../../src/common/problem.filter';
import { QueueHost } from '../../../src/queue/queue-host';
import { startTestApp, type TestApp } from '../../support/app';
import { startRelayedApp } from '../../support/relayed-app';
import type { TcpRelay } from '../../support/tcp-relay';
import { until } from '../../support/until';
import { get, publish } from '../prodplan/seed';

const health = (product: TestApp) => get<HealthDto>(`${product.url}/api/health`);
/** A database that does not answer within 1.2 s counts as down, which a busy machine makes of one just come back. */
const untilHealthy = (product: TestApp) => until(async () => (await health(product)).body.status === 'healthy');
const opsHealth = (product: TestApp) => get<OpsHealthDto>(`${product.url}/api/ops/health`);

/** The six fields the operations page turns to upper case. */
const SHOWN = ['status', 'api_status', 'db_status', 'database', 'redis_status', 'redis'] as const;

describe('health of a running product', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
  });
  afterAll(() => product.close());

  it('is healthy without Redis configured and without data, naming the database and never its user or password', async () => {
    const { hostname, port, pathname, password } = new URL(product.env.databaseUrl ?? '');
    expect(await health(product)).toEqual({
      status: 200,
      body: {
        status: 'healthy',
        db_connected: true,
        redis_connected: false,
        db_host: hostname,
        db_port: Number(port),
        db_name: pathname.slice(1),
        execution_mode: 'all',
        checks: { database: 'up', redis: 'not configured', data: 'nothing loaded' },
        sample: false,
      },
    });
    expect(password).not.toBe('');
    expect(JSON.stringify((await health(product)).body)).not.toContain(password);
  });

  it('shows the operations page plain lower-case strings, up where the database is', async () => {
    const { status, body } = await opsHealth(product);
    expect(status).toBe(200);
    for (const field of SHOWN) expect(typeof body[field]).toBe('string');
    expect(body).toMatchObject({ status: 'up', api_status: 'up', db_status: 'up', redis_status: 'not configured' });
    expect(body.uptime_hours).toBeGreaterThan(0);
  });

  it('is served under the doubled prefix too', async () => {
    expect((await get<HealthDto>(`${product.url}/api/api/health`)).body.status).toBe('healthy');
  });

  it('names the published run, its version and data clock', async () => {
    const runId = await publish(product.sql, { asOf: '2025-12-11T12:50:00Z', finishedAt: '2026-01-05T08:00:00Z' });
    expect((await health(product)).body).toMatchObject({
      sample: false,
      run_id: runId,
      data_version: 1,
      as_of: '2025-12-11T12:50:00+00:00',
      generated_at: '2026-01-05T08:00:00+00:00',
      checks: { data: 'loaded' },
    });
  });

  it('says when the published data are sample data', async () => {
    await publish(product.sql, { asOf: null, finishedAt: '2026-01-06T08:00:00Z', sample: true });
    const { body } = await health(product);
    expect(body).toMatchObject({ sample: true, data_version: 2, checks: { data: 'sample' } });
    expect(body).not.toHaveProperty('as_of');
  });
});

describe('health with Redis configured', () => {
  const withRedis = (answers: boolean) =>
    startTestApp({
      override: (builder) =>
        builder.overrideProvider(QueueHost).useValue({
          kind: 'redis',
          ping: () => Promise.resolve(answers),
          startWorkers: () => undefined,
          close: () => Promise.resolve(),
        }),
    });

  it('is healthy while Redis answers', async () => {
    const product = await withRedis(true);
    expect((await health(product)).body).toMatchObject({ status: 'healthy', redis_connected: true });
    expect((await opsHealth(product)).body).toMatchObject({ status: 'up', redis: 'up' });
    await product.close();
  });

  it('is degraded, with the database connected, while Redis does not', async () => {
    const product = await withRedis(false);
    expect((await health(product)).body).toMatchObject({
      status: 'degraded',
      db_connected: true,
      redis_connected: false,
      checks: { redis: 'down' },
      last_error: 'Redis does not answer',
    });
    expect((await opsHealth(product)).body).toMatchObject({ status: 'degraded', redis: 'down' });
    await product.close();
  });
});

describe('while the database is away', () => {
  let product: TestApp;
  let relay: TcpRelay;
  beforeAll(async () => {
    ({ product, relay } = await startRelayedApp());
  });
  afterAll(async () => {
    await product.close();
    await relay.refuse();
  });

  it('health is a 200 that says unhealthy, other answers are 503, and all is well again when it is back', async () => {
    expect((await health(product)).body.status).toBe('healthy');
    await relay.refuse();

    expect(await health(product)).toMatchObject({
      status: 200,
      body: {
        status: 'unhealthy',
        db_connected: false,
        checks: { database: 'down', data: 'unknown' },
        last_error: expect.stringMatching(/^The database: /),
        sample: false,
      },
    });
    expect(await opsHealth(product)).toMatchObject({ status: 200, body: { status: 'down', db_status: 'down' } });
    for (const path of ['prodplan/orders', 'prodplan/orders/1', 'prodplan/orders/1/phases', 'prodplan/routes/1']) {
      const { status, body } = await get<Problem>(`${product.url}/api/${path}`);
      expect({ path, status }).toEqual({ path, status: 503 });
      expect(body).toEqual({
        detail: expect.stringContaining('database'),
        correlation_id: expect.any(String),
        error_code: 'BACKEND_DEPENDENCY_DOWN',
      });
    }

    await relay.open();
    await untilHealthy(product);
    expect((await get(`${product.url}/api/prodplan/orders`)).status).toBe(200);
  });

  it('health answers within 2 s also when the database accepts connections and says nothing', async () => {
    relay.swallow();
    // Whether it is the product that is late shows when the machine is not: it may stand still once, not each time.
    let quickest = Infinity;
    for (let tries = 0; tries < 5 && quickest >= 1900; tries += 1) {
      const began = performance.now();
      const { status, body } = await health(product);
      quickest = Math.min(quickest, performance.now() - began);
      expect({ status, health: body.status }).toEqual({ status: 200, health: 'unhealthy' });
      // Later than that the connection that says nothing is given up, which is another error.
      if (tries === 0) expect(body.last_error).toBe('The database did not answer within 1200 ms');
    }
    expect(quickest).toBeLessThan(1900);
    await relay.refuse();
    await relay.open();
    await untilHealthy(product);
  });

  it('and answers come back by themselves where every open connection has gone silent and new ones are served', async () => {
    const overview = () => get(`${product.url}/api/kpis/overview`);
    expect((await overview()).status).toBe(200);
    // The end of its transaction may still be on its way: a connection on loan would not be the next one's.
    while (!/^db_pool_connections\{state="busy"\} 0$/m.test(await (await fetch(`${product.url}/metrics`)).text()));
    relay.forget();
    // Each of the few connections that had been opened is given up after five seconds, by whoever was sent to it.
    const deadline = performance.now() + 60_000;
    const seen = new Set<number>();
    let status: number;
    do {
      ({ status } = await overview());
      seen.add(status);
    } while (status !== 200 && performance.now() < deadline);
    expect([...seen]).toEqual([503, 200]);
    await untilHealthy(product);
    // What was left without an answer ends, so that nothing waits for it when the product stops.
    await relay.refuse();
    await relay.open();
  }, 90_000);
});

describe('a worker', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ env: { role: 'worker' } });
  });
  afterAll(() => product.close());

  it('serves its health and nothing else', async () => {
    expect((await health(product)).body).toMatchObject({ status: 'healthy', execution_mode: 'worker' });
    expect((await opsHealth(product)).status).toBe(200);
    for (const path of ['/api/prodplan/orders', '/docs', '/api/healthy']) {
      expect((await get<Problem>(`${product.url}${path}`)).status).toBe(404);
    }
  });
});
