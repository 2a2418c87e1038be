import { Client } from 'pg';

/** What a database holds and how large it is. */
export interface Sizes {
  databaseBytes: number;
  /** tables with their indexes, by schema */
  schemaBytes: Map<string, number>;
  orders: number;
  phases: number;
  /** ended in the last days of the data */
  phases30: number;
  phases365: number;
  openOrders: number;
  /** from the first order's creation to the last's */
  years: number;
}

const SCHEMAS = `
  SELECT n.nspname AS name, sum(pg_total_relation_size(c.oid))::bigint AS bytes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm') AND n.nspname IN ('core', 'analytics', 'ops', 'staging')
  GROUP BY 1`;

const COUNTS = `
  WITH clock AS (SELECT max(last_event_at) AS as_of FROM core.ordens_estado)
  SELECT pg_database_size(current_database()) AS database,
    (SELECT count(*) FROM core.ordens_fabrico) AS orders,
    (SELECT extract(epoch FROM max(of_data_criacao) - min(of_data_criacao)) / (365.25 * 86400)
     FROM core.ordens_fabrico) AS years,
    count(*) AS phases,
    count(*) FILTER (WHERE faseof_fim > clock.as_of - interval '30 days') AS phases_30,
    count(*) FILTER (WHERE faseof_fim > clock.as_of - interval '365 days') AS phases_365,
    (SELECT count(*) FROM analytics.order_forecast) AS open_orders
  FROM core.fases_ordem_fabrico CROSS JOIN clock`;

/** Of a database with a published load. */
export async function readSizes(url: string): Promise<Sizes> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const schemas = await client.query<{ name: string; bytes: string }>(SCHEMAS);
    const [counts] = (await client.query<Record<string, string>>(COUNTS)).rows;
    return {
      databaseBytes: Number(counts.database),
      schemaBytes: new Map(schemas.rows.map(({ name, bytes }) => [name, Number(bytes)])),
      orders: Number(counts.orders),
      phases: Number(counts.phases),
      phases30: Number(counts.phases_30),
      phases365: Number(counts.phases_365),
      openOrders: Number(counts.open_orders),
      years: Number(counts.years),
    };
  } finally {
    await client.end();
  }
}
