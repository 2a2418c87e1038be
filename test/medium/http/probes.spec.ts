import { randomUUID } from 'node:crypto';
import type { Problem } from '../../../src/common/problem.filter';
import type { LiveDto, ReadyDto } from '../../../src/ops/dto/probes.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { TcpRelay } from '../../support/tcp-relay';
import { until } from '../../support/until';
import { get } from '../prodplan/seed';

const live = (product: TestApp) => get<LiveDto>(`${product.url}/health/live`);
const ready = (product: TestApp) => get<ReadyDto>(`${product.url}/health/ready`);
/** What is not seen to be up within 0.9 s counts as down, which a busy machine makes of what is up: asks until it is not. */
async function becomesReady(product: TestApp): Promise<ReadyDto> {
  let answer: Awaited<ReturnType<typeof ready>> | undefined;
  await until(async () => (answer = await ready(product)).status === 200);
  return answer!.body;
}
const notReady = (product: TestApp) => get<Problem>(`${product.url}/health/ready`);

describe('the probes of a running product', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ queues: true });
  });
  afterAll(() => product.close());

  it('tell that it lives and is ready, without Redis and without data', async () => {
    expect(await live(product)).toEqual({ status: 200, body: { status: 'ok', uptime_seconds: expect.any(Number) } });
    expect(await becomesReady(product)).toMatchObject({
      status: 'ok',
      checks: {
        database: { status: 'up', data_version: 0 },
        migrations: { status: 'up', pending: 0 },
        queue: { status: 'up', backend: 'postgres' },
        disk: { status: 'up', free_bytes: expect.any(Number) },
      },
    });
  });

  it('are never kept by a cache on the way', async () => {
    for (const probe of ['live', 'ready']) {
      const { headers } = await fetch(`${product.url}/health/${probe}`);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('say that a database whose schema is another build’s is not ready, and what to run', async () => {
    const { rows } = await product.sql.query<{ name: string }>(
      'DELETE FROM public.schema_migrations WHERE id = (SELECT max(id) FROM public.schema_migrations) RETURNING *',
    );
    expect(rows).toHaveLength(1);
    const { status, body } = await notReady(product);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      error_code: 'NOT_READY',
      detail: 'Not ready: migrations: the database lacks 1 migrations; run: npm run migrate.',
      checks: { database: { status: 'up' }, migrations: { status: 'down' } },
    });
  });
});

it('are answered by a worker too, which answers nothing else but its health and its metrics', async () => {
  const product = await startTestApp({ queues: true, env: { role: 'worker' } });
  await becomesReady(product);
  const statuses = await Promise.all(
    ['/health/live', '/metrics', '/api/health', '/api/prodplan/orders'].map(
      async (path) => (await fetch(`${product.url}${path}`)).status,
    ),
  );
  expect(statuses).toEqual([200, 200, 200, 404]);
  await product.close();
});

it('say that a disk without room is not ready', async () => {
  const product = await startTestApp({ queues: true, env: { diskFreeMinBytes: Number.MAX_SAFE_INTEGER } });
  const { status, body } = await notReady(product);
  expect(status).toBe(503);
  expect(body.detail).toMatch(/^Not ready: disk: DATA_DIR has \d+ bytes free, of \d+ that it should/);
  await product.close();
});

it('look at the disk that DATA_DIR will be on while there is none yet', async () => {
  const product = await startTestApp({ queues: true, env: { dataDir: `/tmp/${randomUUID()}/data` } });
  expect((await becomesReady(product)).checks).toMatchObject({ disk: { status: 'up' } });
  await product.close();
});

it('tell a database that is away from a process that is dead', async () => {
  let relay!: TcpRelay;
  const product = await startTestApp({
    env: async ({ databaseUrl = '' }) => {
      relay = await TcpRelay.before(databaseUrl);
      return { databaseUrl: relay.through(databaseUrl) };
    },
  });
  await relay.refuse();
  expect((await live(product)).status).toBe(200);
  const { status, body } = await notReady(product);
  expect(status).toBe(503);
  expect(body.detail).toContain('database: ');
  expect(JSON.stringify(body)).not.toContain(new URL(product.env.databaseUrl ?? '').password);
  await relay.open();
  await product.close();
  await relay.refuse();
});
