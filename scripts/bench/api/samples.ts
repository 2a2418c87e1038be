import { Client } from 'pg';

/** What the paths are made of, taken from the loaded data: cases that cost more than the usual one. */
export interface Samples {
  /** the order with the most phases */
  ofId: string;
  /** the product ordered most, of those that have a standard route */
  produtoId: number;
  /** the phase type that most open orders stand in */
  faseId: number;
  runId: number;
  /** calendar days: the data clock's own, and windows before it */
  until: string;
  daysBefore30: string;
  daysBefore365: string;
}

const ORDER = `
  SELECT faseof_of_id AS id FROM core.fases_ordem_fabrico GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`;
const PRODUCT = `
  SELECT of_produto_id AS id FROM core.ordens_fabrico
  WHERE of_produto_id IN (SELECT produto_id FROM core.fases_standard_modelos)
  GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`;
const PHASE = `
  SELECT fase_atual_id AS id FROM core.ordens_estado
  WHERE fase_atual_id IS NOT NULL AND NOT is_closed GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`;
const PUBLISHED = `
  SELECT v.run_id AS id, to_char(r.as_of AT TIME ZONE 'Europe/Lisbon', 'YYYY-MM-DD') AS until,
         to_char(r.as_of AT TIME ZONE 'Europe/Lisbon' - interval '30 days', 'YYYY-MM-DD') AS before_30,
         to_char(r.as_of AT TIME ZONE 'Europe/Lisbon' - interval '365 days', 'YYYY-MM-DD') AS before_365
  FROM ops.ops_cache_version v JOIN ops.ingestion_runs r ON r.run_id = v.run_id`;

interface Found {
  id: number;
  until?: string;
  before_30?: string;
  before_365?: string;
}

/** @throws Error when the database holds no published load, or one without orders, phases or routes. */
export async function pickSamples(url: string): Promise<Samples> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const one = async (sql: string): Promise<Found> => {
      const { rows } = await client.query<Found>(sql);
      if (rows.length === 0) throw new Error('The database holds too little to measure anything: load a workbook.');
      return rows[0];
    };
    const published = await one(PUBLISHED);
    return {
      ofId: String((await one(ORDER)).id),
      produtoId: Number((await one(PRODUCT)).id),
      faseId: Number((await one(PHASE)).id),
      runId: Number(published.id),
      until: String(published.until),
      daysBefore30: String(published.before_30),
      daysBefore365: String(published.before_365),
    };
  } finally {
    await client.end();
  }
}
