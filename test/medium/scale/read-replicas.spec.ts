import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { NotFoundError } from '../../../src/common/domain-error';
import { Metrics } from '../../../src/common/metrics';
import { withinScope } from '../../../src/common/work-scope';
import { PublishedData } from '../../../src/published/published-data';
import { order, smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { CAN_REPLICATE, startStreamingReplica, type StreamingReplica } from '../../support/streaming-replica';

interface Orders {
  orders: { of_id: string }[];
  total: number;
}

(CAN_REPLICATE ? describe : describe.skip)('reading from a streaming replica', () => {
  let replica: StreamingReplica;
  let product: IngestionApp;
  let standby: pg.Client;
  let published: PublishedData;
  let asked = 0;

  /** A question that no cache has the answer of. */
  async function orders(): Promise<Orders> {
    asked += 1;
    const answer = await fetch(`${product.url}/api/prodplan/orders?include_total=true&limit=${100 + asked}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Orders;
  }
  async function outcomes(): Promise<Record<string, number>> {
    const { values } = await product.app.get(Metrics).replicaReads.get();
    return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]));
  }
  /** How often readings ended how while `work` was done. */
  async function during(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = await outcomes();
    await work();
    const grown = Object.entries(await outcomes()).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
    return Object.fromEntries(grown.filter(([, count]) => count > 0));
  }
  const versionOn = async (client: pg.Client): Promise<number | undefined> =>
    (await client.query<{ version: number }>('SELECT version::int AS version FROM ops.ops_cache_version')).rows.at(0)
      ?.version;
  async function until(condition: () => Promise<boolean>): Promise<void> {
    for (let waited = 0; waited < 20_000; waited += 50) {
      if (await condition().catch(() => false)) return;
      await sleep(50);
    }
    throw new Error('What was waited for did not happen within 20 s.');
  }
  async function connect(): Promise<void> {
    standby = new pg.Client({ connectionString: replica.urlOf(product.env.databaseUrl!) });
    standby.on('error', () => undefined);
    await standby.connect();
  }

  beforeAll(async () => {
    replica = await startStreamingReplica();
    product = await startIngestionApp({
      env: ({ databaseUrl }) =>
        Promise.resolve({ databaseReplicaUrls: [replica.urlOf(databaseUrl!)], readThreads: 1, cacheEnabled: true }),
    });
    published = product.app.get(PublishedData);
    await product.load(smallFactory());
    await until(() => connect().then(() => true));
    await until(async () => (await versionOn(standby)) === 1);
    // A replica that was behind is left alone for a moment.
    await until(async () => (await during(orders)).answered === 1);
  }, 120_000);
  afterAll(async () => {
    await standby?.end().catch(() => undefined);
    await product?.close();
    replica?.remove();
  });

  it('answers what the primary answers', async () => {
    let answer!: Orders;
    expect(await during(async () => (answer = await orders()))).toEqual({ answered: 1 });
    expect(answer.total).toBe(smallFactory().OrdensFabrico.length);
    const { rowCount } = await standby.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'prodplan-replica' AND datname = current_database()`,
    );
    expect(rowCount).toBeGreaterThan(0);
    const inRecovery = published.readPublished((query) =>
      query<{ here: boolean }>({ name: 'where', text: 'SELECT pg_is_in_recovery() AS here' }),
    );
    expect(await inRecovery).toEqual([{ here: true }]);
  });

  it('is not for jobs, which write by what they have read', async () => {
    const job = { correlationId: 'x', endpoint: 'job x', job: { name: 'x', id: '1' } };
    const where = { name: 'where', text: 'SELECT pg_is_in_recovery() AS here' };
    const read = () => withinScope(job, () => published.readPublished((query) => query<{ here: boolean }>(where)));
    expect(await during(async () => expect(await read()).toEqual([{ here: false }]))).toEqual({});
  });

  it('goes on at the primary while the replica is behind, so that nobody gets older data, and comes back to it', async () => {
    const sheets = smallFactory();
    const more = { ...sheets, OrdensFabrico: [...sheets.OrdensFabrico, order(4, '2025-03-01T08:00:00', 100, 1, {})] };
    await standby.query('SELECT pg_wal_replay_pause()');
    try {
      await product.load(more);
      expect(await versionOn(product.sql)).toBe(2);
      expect(await versionOn(standby)).toBe(1);
      let fresh!: Orders;
      const question = `${product.url}/api/prodplan/orders?include_total=true&limit=77`;
      const ask = async (): Promise<Orders> => (await (await fetch(question)).json()) as Orders;
      expect(await during(async () => (fresh = await ask()))).toEqual({ lagging: 1 });
      expect(fresh.total).toBe(more.OrdensFabrico.length);
      // What was kept under the new version is of the new version.
      expect(await during(async () => expect(await ask()).toEqual(fresh))).toEqual({});
    } finally {
      await standby.query('SELECT pg_wal_replay_resume()');
    }
    await until(async () => (await versionOn(standby)) === 2);
    await until(async () => (await during(orders)).answered === 1);
    expect((await orders()).total).toBe(more.OrdensFabrico.length);
  });

  it('asks the primary where a statement fails on the replica alone, and hands on what the reading itself refuses', async () => {
    const fails = {
      name: 'fails_on_replica',
      text: 'SELECT 1 / CASE WHEN pg_is_in_recovery() THEN 0 ELSE 1 END AS one',
    };
    const reading = async () =>
      expect(await published.readPublished((query) => query<{ one: number }>(fails))).toEqual([{ one: 1 }]);
    expect(await during(reading)).toEqual({ failed: 1 });
    const refused = published.readPublished(() => Promise.reject(new NotFoundError('There is none.')));
    expect(await during(() => expect(refused).rejects.toThrow('There is none.'))).toEqual({ answered: 1 });
  });

  it('goes on at the primary when the replica is lost, without waiting for it each time, and comes back to it', async () => {
    const up = async (): Promise<string | undefined> => {
      const text = await (await fetch(`${product.url}/metrics`)).text();
      return /^db_replica_up\{.*\} (\d)$/m.exec(text)?.[1];
    };
    expect(await up()).toBe('1');
    await standby.end();
    replica.stop();
    expect(await during(orders)).toEqual({ lost: 1 });
    expect(await during(orders)).toEqual({});
    expect(await up()).toBe('0');
    replica.start();
    await connect();
    await until(async () => (await during(orders)).answered === 1);
    expect(await up()).toBe('1');
  });
});

it('reads the primary where no replica answers, from the first request on', async () => {
  // Port 1 of loopback: nothing listens there.
  const product = await startIngestionApp({
    env: ({ databaseUrl }) => {
      const url = new URL(databaseUrl!);
      url.hostname = '127.0.0.1';
      url.port = '1';
      return Promise.resolve({ databaseReplicaUrls: [url.toString()], readThreads: 1 });
    },
  });
  await product.load(smallFactory());
  expect((await fetch(`${product.url}/api/prodplan/orders`)).status).toBe(200);
  const { values } = await product.app.get(Metrics).replicaReads.get();
  expect(values).toMatchObject([{ labels: { replica: '127.0.0.1:1', outcome: 'lost' }, value: 1 }]);
  await product.close();
});
