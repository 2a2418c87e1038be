/**
 * Measures what the aggregates cost: computed from nothing, and after a load that changed 1 % of the phases.
 *
 * Run: npm run bench:analytics -- FILE | --url postgresql://… [--runs N] [--out FILE]
 *
 * The tables are written in transactions that are rolled back: a database given by --url stays as it was, but for the
 * views, which are refreshed.
 */
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Client, type PoolClient } from 'pg';
import { aggregatesDerivation } from '../../src/analytics/aggregates/aggregates.derivation';
import type { Derivation } from '../../src/analytics/derivation';
import { DERIVATIONS } from '../../src/analytics/derivations';
import { median } from './figures';
import { qualityDerivation } from '../../src/analytics/quality/quality.derivation';
import { parseAnalyticsOptions } from './api/options';
import { describeSource, withLoaded } from './api/loaded';
import { describeMachine, loadAverage } from './machine';
import { table } from './markdown';
import { runBench } from './run-bench';

const FACTORY_TZ = 'Europe/Lisbon';
const SETTINGS = { factoryTz: FACTORY_TZ, terminalPhases: [], dormantDays: 180, dataDir: '.' };
const AGGREGATES = ['agg_phase_stats_daily', 'agg_order_stats_daily', 'agg_quality_daily', 'agg_wip_current'];
const VIEWS = [
  'mv_order_leadtime_by_model',
  'mv_phase_durations_by_model',
  'mv_quality_by_phase',
  'mv_wip_by_phase_current',
];

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

runBench(async (workDir, signal) => {
  const { source, runs, out } = parseAnalyticsOptions(process.argv);
  const loadBefore = loadAverage();
  await withLoaded({ source, workDir, signal, log: (line) => console.error(`  ${line}`) }, async (loaded) => {
    const client = new Client({ connectionString: loaded.url });
    await client.connect();
    try {
      for (const setting of ["SET work_mem = '64MB'", 'SET jit = off']) await client.query(setting);
      const full: number[] = [];
      const changed: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        full.push(await rolledBack(client, () => computeAll(client, signal)));
        changed.push(await rolledBack(client, () => afterChange(client, signal)));
      }
      const views: [string, number][] = [];
      for (const view of VIEWS) {
        const refresh = `REFRESH MATERIALIZED VIEW CONCURRENTLY analytics.${view}`;
        views.push([view, await timed(() => client.query(refresh))]);
      }
      const each = await rolledBack(client, () => everyDerivation(client, signal));
      const share = median(changed) / median(full);
      const text = [
        '# The aggregates',
        `${new Date().toISOString().slice(0, 10)}. ${await describeSource(source)}. ${describeMachine(loaded.serverVersion, loadBefore)}`,
        `Medians of ${runs} runs, seconds. Written by \`npm run bench:analytics\`; nothing else is in these figures: the list of
what a load touches is made once for all derivations and belongs to its merge step; what errors say of phases is stored by
the derivation \`quality\`, whatever this one needs.`,
        table(
          ['what', 'seconds', 'of the whole'],
          [
            ['computed from nothing', median(full).toFixed(3), '100 %'],
            [
              'after 1 % of the phases changed (target: under 10 %)',
              median(changed).toFixed(3),
              `${(100 * share).toFixed(1)} %`,
            ],
          ],
        ),
        'After every measured change the tables were compared with a computation from nothing: equal, row by row.',
        `All that a load derives, one run each; what is computed in a thread beside the others is waited for at once. What is not kept by
differences depends on the data clock or on all rows at once: [decisions/derivations.md](../decisions/derivations.md).`,
        table(
          ['derivation', 'from nothing', 'after 1 % changed'],
          each.map(([name, whole, part]) => [`\`${name}\``, whole.toFixed(3), part.toFixed(3)]),
        ),
        'The views, refreshed by a job after the publish:',
        table(
          ['view', 'seconds'],
          views.map(([view, seconds]) => [`\`${view}\``, seconds.toFixed(3)]),
        ),
      ].join('\n\n');
      console.log(text);
      if (out !== undefined) writeFileSync(out, `${text}\n`);
    } finally {
      await client.end();
    }
  });
});

async function computeAll(client: Client, signal: AbortSignal): Promise<number> {
  const run = { ...derivationRun(client, signal), asOf: await readAsOf(client), fromNothing: true, isFirst: true };
  return timed(() => aggregatesDerivation.derive(run));
}

/** @throws Error when the tables are not those of a computation from nothing */
async function afterChange(client: Client, signal: AbortSignal): Promise<number> {
  for (const statement of TOUCH) await client.query(statement);
  const run = derivationRun(client, signal);
  await qualityDerivation.beforeMerge!(run);
  const before = await timed(() => aggregatesDerivation.beforeMerge!(run));
  for (const statement of CHANGE) await client.query(statement);
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

function derivationRun(client: Client, signal: AbortSignal): Parameters<typeof aggregatesDerivation.derive>[0] {
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

async function readAsOf(client: Client): Promise<Date | null> {
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

/** Of each derivation: its time from nothing and after the change, what goes on beside the others awaited at once. */
async function everyDerivation(client: Client, signal: AbortSignal): Promise<[string, number, number][]> {
  for (const statement of TOUCH) await client.query(statement);
  const run = derivationRun(client, signal);
  const before = new Map<string, number>();
  for (const derivation of DERIVATIONS) {
    before.set(derivation.name, await timed(async () => derivation.beforeMerge?.(run)));
  }
  for (const statement of CHANGE) await client.query(statement);
  const asOf = await readAsOf(client);
  const derive = (derivation: Derivation, fromNothing: boolean): Promise<number> =>
    timed(async () => (await derivation.derive({ ...run, asOf, fromNothing, isFirst: fromNothing }))?.());
  const changed: [string, number][] = [];
  for (const derivation of DERIVATIONS) {
    changed.push([derivation.name, before.get(derivation.name)! + (await derive(derivation, false))]);
  }
  const rows: [string, number, number][] = [];
  for (const [position, derivation] of DERIVATIONS.entries()) {
    rows.push([derivation.name, await derive(derivation, true), changed[position][1]]);
  }
  return rows;
}

async function rolledBack<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
    // What was rolled back is garbage that the next run would have to step over, and a load does not.
    await client.query(`VACUUM ${[...AGGREGATES, 'quality_errors'].map((name) => `analytics.${name}`).join(', ')}`);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
