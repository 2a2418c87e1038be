import { join } from 'node:path';
import { coreOf } from '../../support/core-content';
import { order, phase, smallFactory, type FactorySheets } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { startProduct, type StartedProduct } from '../../support/product-process';
import { until } from '../../support/until';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

/** One model, one order and one phase more. */
function laterFactory(): FactorySheets {
  const sheets = smallFactory();
  return {
    ...sheets,
    Modelos: [...sheets.Modelos, { Produto_Id: 102, Produto_Nome: 'K4' }],
    OrdensFabrico: [...sheets.OrdensFabrico, order(4, '2025-03-01T08:00:00', 102, 1, {})],
    FasesOrdemFabrico: [...sheets.FasesOrdemFabrico, phase(41, 4, 1, 1, { inicio: '2025-03-02T08:00:00' })],
  };
}

let app: IngestionApp;
let product: StartedProduct | undefined;
beforeEach(async () => {
  app = await startIngestionApp();
  await app.load(smallFactory());
});
afterEach(async () => {
  product?.child.kill('SIGKILL');
  await product?.ended;
  await app.close();
});

/** Another process of the product over the same data. */
async function start(env: Record<string, string>): Promise<{ product: StartedProduct; url: string }> {
  const data = { DATABASE_URL: app.env.databaseUrl ?? '', DATA_DIR: app.env.dataDir, READ_THREADS: '1' };
  product = startProduct({ ...data, CACHE_ENABLED: 'false', ...env });
  const [, url] = await product.says(/Listening on (http:\/\/127\.0\.0\.1:\d+) /);
  return { product, url };
}

async function waitingForLock(): Promise<boolean> {
  await app.sql.query('SELECT pg_stat_clear_snapshot()');
  const { rowCount } = await app.sql.query(
    `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return (rowCount ?? 0) > 0;
}

const runs = async (): Promise<string[]> =>
  (await app.sql.query<{ status: string }>('SELECT status FROM ops.ingestion_runs ORDER BY run_id')).rows.map(
    ({ status }) => status,
  );

describe('a process that gets SIGTERM', () => {
  it('says first that it is not ready, still takes requests, then no new ones, and answers what has begun', async () => {
    // Time enough to be asked in between, also where a request takes a second.
    const { product, url } = await start({ SHUTDOWN_NOTICE_SECONDS: '8', SHUTDOWN_DRAIN_SECONDS: '40' });
    const ready = async (): Promise<{ status: number; body: { detail?: string } }> => {
      const answer = await fetch(`${url}/health/ready`);
      return { status: answer.status, body: (await answer.json()) as { detail?: string } };
    };
    await until(async () => (await ready()).status === 200);
    await app.sql.query('BEGIN');
    await app.sql.query('LOCK TABLE core.ordens_fabrico, core.ordens_estado IN ACCESS EXCLUSIVE MODE');
    const slow = fetch(`${url}/api/prodplan/orders`);
    await until(waitingForLock);

    product.child.kill('SIGTERM');
    await until(async () => (await ready()).body.detail === 'The process is ending.');
    expect(await ready()).toMatchObject({ status: 503, body: { error_code: 'NOT_READY' } });
    expect((await fetch(`${url}/api/health`)).status).toBe(200);

    const refused = () =>
      fetch(`${url}/health/live`).then(
        () => false,
        (error: Error) => (error.cause as { code?: string }).code === 'ECONNREFUSED',
      );
    await until(refused);
    expect(product.child.exitCode).toBeNull();
    await app.sql.query('ROLLBACK');
    const answer = await slow;
    expect(answer.status).toBe(200);
    expect((await answer.json()) as object).toMatchObject({ orders: expect.any(Array) });
    expect(await product.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(product.out()).not.toContain('did not end');
    // Answered in the last moments, when its line would still wait for others.
    expect(product.out()).toContain('GET /api/prodplan/orders 200');
  });

  it('in the middle of a load interrupts it, and loading again reaches the state of an uninterrupted load', async () => {
    const other = await startIngestionApp();
    await other.load(smallFactory());
    await other.load(laterFactory());
    const expected = await coreOf(other);
    await other.close();

    await app.write('later.xlsx', laterFactory());
    const before = await coreOf(app);
    const { product, url } = await start({});
    await app.sql.query('BEGIN');
    // The merge needs it: the load stands still in the middle of its publishing transaction.
    await app.sql.query('LOCK TABLE core.fases_ordem_fabrico IN SHARE MODE');
    const body = JSON.stringify({ path: join(app.env.dataDir, 'later.xlsx') });
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(`${url}/api/ingestion/run`, { method: 'POST', headers, body })).status).toBe(202);
    await until(waitingForLock);
    product.child.kill('SIGTERM');
    expect(await product.ended).toEqual({ code: null, signal: 'SIGTERM' });
    await app.sql.query('ROLLBACK');
    expect(await runs()).toEqual(['COMPLETED', 'INTERRUPTED']);
    expect(await coreOf(app)).toEqual(before);

    const again = await app.service.acceptAndRun({ path: 'later.xlsx' });
    expect(again).toMatchObject({ outcome: 'COMPLETED', report: { run_id: 3 } });
    expect(await coreOf(app)).toEqual(expected);
  });

  it('gives up what it reads in the background for predictions, here and in the database', async () => {
    await app.sql.query('BEGIN');
    await app.sql.query('LOCK TABLE core.modelos IN ACCESS EXCLUSIVE MODE');
    const { product } = await start({ ROLE: 'api' });
    await until(waitingForLock);
    product.child.kill('SIGTERM');
    expect(await product.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(product.out()).not.toContain('did not end');
    expect(product.out()).not.toContain('predictions are not ready');
    expect(await waitingForLock()).toBe(false);
    await app.sql.query('ROLLBACK');
  });

  it('ends in time though a job waits for the database, which gives that up too', async () => {
    await app.sql.query('BEGIN');
    await app.sql.query('LOCK TABLE core.modelos IN ACCESS EXCLUSIVE MODE');
    const { product } = await start({ ROLE: 'all' });
    await until(waitingForLock);
    product.child.kill('SIGTERM');
    expect(await product.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await waitingForLock()).toBe(false);
    await app.sql.query('ROLLBACK');
  });

  it('lets a load that ends within the bound be published', async () => {
    await app.write('later.xlsx', laterFactory());
    const { product, url } = await start({ SHUTDOWN_DRAIN_SECONDS: '30' });
    await app.sql.query('BEGIN');
    await app.sql.query('LOCK TABLE core.fases_ordem_fabrico IN SHARE MODE');
    const body = JSON.stringify({ path: join(app.env.dataDir, 'later.xlsx') });
    const headers = { 'Content-Type': 'application/json' };
    await fetch(`${url}/api/ingestion/run`, { method: 'POST', headers, body });
    await until(waitingForLock);
    product.child.kill('SIGTERM');
    await until(() =>
      fetch(`${url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    await app.sql.query('ROLLBACK');
    expect(await product.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await runs()).toEqual(['COMPLETED', 'COMPLETED']);
  });
});
