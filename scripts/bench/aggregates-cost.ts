import { performance } from 'node:perf_hooks';
import { Client, type PoolClient } from 'pg';
import { aggregatesDerivation } from '../../src/analytics/aggregates/aggregates.derivation';
import { qualityDerivation } from '../../src/analytics/quality/quality.derivation';

const FACTORY_TZ = 'Europe/Lisbon';
const SETTINGS = { factoryTz: FACTORY_TZ, terminalPhases: [], dormantDays: 180, dataDir: '.' };
const AGGREGATES = ['agg_phase_stats_daily', 'agg_order_stats_daily', 'agg_quality_daily', 'agg_wip_current'];
/** What the load lists before it merges: every 100th phase ends a minute later. */
const TOUCH = [
  `CREATE TEMP TABLE touched_phase_rows ON COMMIT DROP AS
   SELECT faseof_id, faseof_of_id AS of_id, faseof_fase_id AS fase_id, faseof_fim + later.by AS ended_at,
     faseof_duration_seconds + extract(epoch FROM later.by)::bigint AS duration_seconds, faseof_retorno AS retorno,
     later.is_stored
   FROM core.fases_ordem_fabrico
   CROSS JOIN (VALUES (interval '0', true), (interval '1 minute', false)) AS later (by, is_stored)
   WHERE faseof_id % 100 = 0`,
  `CREATE TEMP TABLE touched_error_rows ON COMMIT DROP AS
   SELECT ofch_id, ofch_of_id AS of_id FROM core.erros_ordem_fabrico WHERE false`,
  `CREATE TEMP TABLE touched_orders ON COMMIT DROP AS
   SELECT of_id, false AS row_changed FROM touched_phase_rows GROUP BY of_id`,
  'ANALYZE touched_orders, touched_phase_rows, touched_error_rows',
];

const CHANGE = [
  `UPDATE core.fases_ordem_fabrico
   SET faseof_fim = faseof_fim + interval '1 minute', faseof_event_time = faseof_event_time + interval '1 minute',
     faseof_duration_seconds = faseof_duration_seconds + 60
   WHERE faseof_id % 100 = 0 AND faseof_fim IS NOT NULL`,
  `UPDATE core.erros_ordem_fabrico SET ofch_event_time = ofch_event_time + interval '1 minute'
   FROM core.fases_ordem_fabrico AS fase
   WHERE fase.faseof_id = ofch_faseof_avaliacao AND fase.faseof_id % 100 = 0 AND fase.faseof_fim IS NOT NULL`,
];

/** Lists what a load of a workbook with 1 % of its phases changed touches. */
export async function touch(client: Client): Promise<void> {
  for (const statement of TOUCH) await client.query(statement);
}

/** Changes it in core, as the load's merge does. */
export async function change(client: Client): Promise<void> {
  for (const statement of CHANGE) await client.query(statement);
}

/** A session with the settings that a load has. */
export async function loadSession(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const setting of ["SET work_mem = '64MB'", 'SET jit = off']) await client.query(setting);
  return client;
}

/** Seconds that the aggregates take from nothing. */
export async function computeAll(client: Client, signal: AbortSignal): Promise<number> {
  const run = { ...derivationRun(client, signal), asOf: await readAsOf(client), fromNothing: true, isFirst: true };
  return timed(() => aggregatesDerivation.derive(run));
}

/**
 * Seconds that keeping them takes after 1 % of the phases changed.
 * @throws Error when the tables are not those of a computation from nothing
 */
export async function afterChange(client: Client, signal: AbortSignal): Promise<number> {
  await touch(client);
  const run = derivationRun(client, signal);
  await qualityDerivation.beforeMerge!(run);
  const before = await timed(() => aggregatesDerivation.beforeMerge!(run));
  await change(client);
  const asOf = await readAsOf(client);
  await qualityDerivation.derive({ ...run, asOf });
  const after = await timed(() => aggregatesDerivation.derive({ ...run, asOf }));
  const kept = await fingerprint(client);
  for (const derivation of [qualityDerivation, aggregatesDerivation]) {
    await derivation.derive({ ...run, asOf, fromNothing: true, isFirst: true });
  }
  if ((await fingerprint(client)) !== kept) throw new Error('The aggregates differ from a computation from nothing.');
  return before + after;
}

/** What a derivation is given in a load that finds the tables of the one before. */
export function derivationRun(client: Client, signal: AbortSignal): Parameters<typeof aggregatesDerivation.derive>[0] {
  const shared = client as unknown as PoolClient;
  return {
    client: shared,
    runId: 1,
    loadedAt: new Date(0),
    fromNothing: false,
    isFirst: false,
    settings: SETTINGS,
    signal,
    asOf: null,
  };
}

/** The data clock of what is stored. */
export async function readAsOf(client: Client): Promise<Date | null> {
  const { rows } = await client.query<{ as_of: Date | null }>(
    'SELECT max(last_event_at) AS as_of FROM core.ordens_estado',
  );
  return rows[0].as_of;
}

async function fingerprint(client: Client): Promise<string> {
  const sums: string[] = [];
  for (const name of AGGREGATES) {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT md5(string_agg(stored::text, ';' ORDER BY stored::text)) AS sum FROM analytics.${name} AS stored`,
    );
    sums.push(rows[0].sum);
  }
  return sums.join();
}

/** Does the work in a transaction of which nothing stays. */
export async function rolledBack<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
    // What was rolled back is garbage that the next run would have to step over, and a load does not.
    await client.query(`VACUUM ${[...AGGREGATES, 'quality_errors'].map((name) => `analytics.${name}`).join(', ')}`);
  }
}

/** Seconds of one piece of work. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
