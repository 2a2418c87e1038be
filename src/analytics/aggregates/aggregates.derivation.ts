import type { PoolClient } from 'pg';
import { sqlFile, type SqlStatement } from '../../database/sql-file';
import { DERIVATIONS_VERSION, fillTable, type Derivation, type DerivationRun, type MergedRun } from '../derivation';
import { AGGREGATES } from './aggregate-tables';

const READ_STATE = sqlFile(__dirname, 'sql/read_derivation_state.sql');
const WRITE_STATE = sqlFile(__dirname, 'sql/write_derivation_state.sql');
const COLLECT_PHASE_SCOPE = sqlFile(__dirname, 'sql/collect_phase_scope.sql');
const CREATE_FINISHES = sqlFile(__dirname, 'sql/create_finishes.sql');
const COLLECT_FINISHES = sqlFile(__dirname, 'sql/collect_finishes.sql');
const READ_FIRST_CHANGED_DAY = sqlFile(__dirname, 'sql/read_first_changed_day.sql');
const HAS_DELTA = sqlFile(__dirname, 'sql/has_delta.sql');
const ANY_TOUCHED = sqlFile(__dirname, 'sql/any_touched.sql');
const WRITE_WIP = sqlFile(__dirname, 'sql/write_wip.sql');
const WRITE_WATERMARKS = sqlFile(__dirname, 'sql/write_watermarks.sql');

/** What was before the merge is taken away, what is after it is added. */
const BEFORE = -1;
const AFTER = 1;

/**
 * Keeps analytics.agg_phase_stats_daily, agg_order_stats_daily, agg_quality_daily and agg_wip_current, and the marks of
 * ops.analytics_watermarks. Before the merge the contributions of what the load touches are collected with a minus,
 * after it with a plus; their sum by key is what changes. All are integers, so nothing is lost on the way.
 *
 * It comes after the derivation `quality`, which knows the culprits of errors and lists those that a load touches
 * (touched_errors).
 */
export const aggregatesDerivation: Derivation = {
  name: 'aggregates',
  aside: AGGREGATES.filter(({ followsFromCore }) => followsFromCore).map(({ all }) => all),

  async beforeMerge(run) {
    if (!(await isCurrent(run))) return;
    await query(run, COLLECT_PHASE_SCOPE);
    await query(run, CREATE_FINISHES);
    for (const { createDelta } of AGGREGATES) await query(run, createDelta);
    await collect(run, BEFORE);
  },

  async derive(run) {
    const { rows } = await query<{ present: boolean }>(run, HAS_DELTA);
    // Without a delta nothing was there that could be subtracted from.
    if (run.fromNothing || !rows[0].present) await computeAll(run);
    else await applyChanges(run);
  },
};

async function computeAll(run: MergedRun): Promise<void> {
  for (const { empty, all } of AGGREGATES) {
    await query(run, empty);
    await fillTable(run, all);
  }
  await finish(run, true, null);
}

async function applyChanges(run: MergedRun): Promise<void> {
  await collect(run, AFTER);
  for (const { addDelta, deleteZeros } of AGGREGATES) {
    await query(run, addDelta);
    await query(run, deleteZeros);
  }
  const { rows } = await query<{ day: string | null }>(run, READ_FIRST_CHANGED_DAY);
  await finish(run, false, rows[0].day);
}

async function collect(run: DerivationRun, sign: number): Promise<void> {
  const values = [run.settings.factoryTz, sign];
  for (const { collectDelta } of AGGREGATES) await query(run, collectDelta, values);
  await query(run, COLLECT_FINISHES, values);
}

/** What is computed whole each time, and the book-keeping. */
async function finish(run: MergedRun, anew: boolean, firstChangedDay: string | null): Promise<void> {
  const { factoryTz, dormantDays } = run.settings;
  const wip = await query(run, WRITE_WIP, [run.asOf, dormantDays]);
  const moved = anew || (wip.rowCount ?? 0) > 0 || (await query<{ any: boolean }>(run, ANY_TOUCHED)).rows[0].any;
  await query(run, WRITE_WATERMARKS, [run.runId, run.loadedAt, firstChangedDay, factoryTz, anew]);
  await query(run, WRITE_STATE, [aggregatesDerivation.name, signature(run.settings), run.runId, moved]);
}

/** Whether the tables hold what this program would have computed from core as it stands. */
async function isCurrent(run: DerivationRun): Promise<boolean> {
  const { rows } = await query<{ signature: string }>(run, READ_STATE, [aggregatesDerivation.name]);
  return isComputedBy(run.settings, rows.at(0)?.signature);
}

type Rules = Pick<DerivationRun['settings'], 'factoryTz' | 'dormantDays'>;

/** Whether tables with this signature (none: never computed) were computed as this program would, settings included. */
export function isComputedBy(settings: Rules, known: string | undefined): boolean {
  return known === signature(settings);
}

/** What decides, beside core, what derivations compute. */
function signature({ factoryTz, dormantDays }: Rules): string {
  return JSON.stringify([DERIVATIONS_VERSION, factoryTz, dormantDays]);
}

async function query<Row extends object>(
  run: { readonly client: PoolClient; readonly signal: AbortSignal },
  statement: SqlStatement,
  values: readonly unknown[] = [],
): Promise<{ rows: Row[]; rowCount: number | null }> {
  run.signal.throwIfAborted();
  const { rows, rowCount } = await run.client.query<Row>({ text: statement.text, values: [...values] });
  return { rows, rowCount };
}
