import { SHEETS, type Entity } from '@libs/workbook';
import { bulkLoad } from '../../../database/bulk-load';
import { requireServerVersion } from '../../../database/server-version';
import { sqlFile } from '../../../database/sql-file';
import { lockWriters } from '../../../database/writer-lock';
import { MassAbsenceError } from '../../ingestion.errors';
import { derivationRun, DERIVATIONS } from '../derive';
import { rememberOrders } from '../order-changes';
import { fill, sheetStatement } from '../sheet-sql';
import { accountOf, onRun, type RunState, type Step } from '../run-state';

const FINISH_PHASE_BUILD = sqlFile(__dirname, '../sql/finish_phase_build.sql');
const FINISH_HASH_BUILD = sqlFile(__dirname, '../sql/finish_hash_build.sql');
/** In this order: the touched orders are read from the touched phases and errors too. */
const COLLECT_TOUCHED = ['phase_rows', 'error_rows', 'orders'].map((what) =>
  sqlFile(__dirname, `../sql/collect_touched_${what}.sql`),
);
const ANALYZE_TOUCHED = sqlFile(__dirname, '../sql/analyze_touched.sql');

/**
 * Errors and phases come last: putting in place what was built of them aside locks them against readers, and nothing refers
 * to them.
 */
const LAST: readonly Entity[] = ['erros_ordem_fabrico', 'fases_ordem_fabrico'];
const FORWARD: readonly Entity[] = [
  ...SHEETS.map((sheet) => sheet.entity).filter((entity) => !LAST.includes(entity)),
  ...LAST,
];

/** The first version that has ANALYZE ONLY. */
const ANALYZE_ONLY_SINCE = 180_000;

/**
 * A large table that gets its indexes after its first rows. Its foreign keys are left and made anew too: few wait for the
 * table they name, the workers, which is locked against readers meanwhile.
 */
const BULK: Entity = 'funcionarios_fase_ordem_fabrico';

/**
 * Makes core what the kept rows of staging say: writes new and changed rows sheet by sheet in the order in which they
 * refer to one another, then moves what is no longer kept to history in the opposite order, so that no foreign key is
 * ever broken on the way.
 */
export const mergeStep: Step = {
  name: 'merge',
  weight: 25,
  async run(state, progress) {
    await lockWriters(state.client);
    const stored = await refuseMassAbsence(state);
    const first = [...stored.values()].every((rows) => rows === 0);
    if (!first) await planChanges(state);
    let changed = 0;
    for (const [position, entity] of FORWARD.entries()) {
      changed += first ? await insertAll(state, entity) : await applyChanges(state, entity);
      progress((position + 1) / (FORWARD.length + 1));
    }
    for (const entity of first ? [] : [...FORWARD].reverse()) {
      const { rows } = await onRun<{ absent: number; withdrawn: number }>(
        state,
        sheetStatement('withdraw.sql', entity),
        [state.order.runId, state.loadedAt],
      );
      const account = accountOf(state, entity);
      account.absent = rows[0].absent;
      account.withdrawn = rows[0].withdrawn;
      changed += rows[0].absent + rows[0].withdrawn;
    }
    await refreshStatistics(state);
    state.coreWasEmpty = first;
    const kept = [...state.kept.values()].reduce((sum, rows) => sum + rows, 0);
    return { rowsIn: kept, rowsOut: changed, rowsRejected: 0 };
  },
};

/**
 * Statistics of tables that changed by a tenth or more. Autovacuum would come to them some minutes later; until then
 * joins of half a million phases are planned as if there were none (15 s instead of 1 s for the steps that follow).
 * Of partitioned tables the whole is enough for that, and autovacuum, which never looks at the whole, comes to the
 * partitions; before version 18 the one is not to be had without the other.
 */
async function refreshStatistics(state: RunState): Promise<void> {
  const only = (await requireServerVersion(state.client)).num >= ANALYZE_ONLY_SINCE ? 'ONLY' : '';
  for (const entity of FORWARD) {
    const { inserted, updated, unchanged } = accountOf(state, entity);
    if ((inserted + updated) * 10 > unchanged) await onRun(state, sheetStatement('analyze_core.sql', entity, { only }));
  }
}

/**
 * Counts what the workbook no longer has.
 *
 * @returns the rows of core by entity
 * @throws MassAbsenceError where a sheet lost more than its limit and was not allowed to by name
 */
async function refuseMassAbsence(state: RunState): Promise<Map<Entity, number>> {
  const stored = new Map<Entity, number>();
  const lost: { sheet: string; absent: number; of: number }[] = [];
  // Real data replace sample data whole; that is said in the report, not refused.
  const replacesSample = state.published?.sample === true && !state.sample;
  for (const { entity, sheet } of SHEETS) {
    const of = (await onRun<{ rows: number }>(state, sheetStatement('count_core.sql', entity))).rows[0].rows;
    stored.set(entity, of);
    if (of === 0) continue;
    const counted = await onRun<{ absent: number }>(state, sheetStatement('count_absent.sql', entity));
    const { absent } = counted.rows[0];
    const allowed = replacesSample || state.order.allowMassAbsence.includes(sheet);
    if (!allowed && absent > of * state.settings.massAbsenceLimit) lost.push({ sheet, absent, of });
  }
  if (lost.length > 0) throw new MassAbsenceError(lost, state.settings.massAbsenceLimit);
  if (replacesSample) state.warnings.push('This load replaced sample data by real data.');
  return stored;
}

async function insertAll(state: RunState, entity: Entity): Promise<number> {
  const account = accountOf(state, entity);
  account.inserted = (await putInPlace(state, entity)) ?? (await insertRows(state, entity));
  return account.inserted;
}

/** Attaches what was built aside of a first load; undefined where nothing was, so that the rows go to core directly. */
async function putInPlace(state: RunState, entity: Entity): Promise<number | undefined> {
  if (entity === 'erros_ordem_fabrico') {
    const built = await state.beside?.errors;
    if (built !== undefined) await onRun(state, FINISH_HASH_BUILD, [`core.${entity}`]);
    return built;
  }
  if (entity === 'fases_ordem_fabrico') {
    const built = await state.beside?.months;
    if (built !== undefined) await onRun(state, FINISH_PHASE_BUILD, [state.months.map(({ month }) => month)]);
    return built;
  }
  return undefined;
}

async function insertRows(state: RunState, entity: Entity): Promise<number> {
  const insert = (): Promise<{ count: number }> => onRun(state, sheetStatement('merge_insert.sql', entity));
  const { count } = await (entity === BULK ? bulkLoad(state.client, `core.${entity}`, true, insert) : insert());
  return count;
}

/** Compares every sheet with core while core is still as published, and lets what follows from core look at that. */
async function planChanges(state: RunState): Promise<void> {
  for (const entity of FORWARD) await onRun(state, sheetStatement('create_changes.sql', entity));
  for (const statement of [...COLLECT_TOUCHED, ANALYZE_TOUCHED]) await onRun(state, statement);
  await rememberOrders(state);
  const run = derivationRun(state);
  if (run.fromNothing) return;
  for (const derivation of DERIVATIONS) await derivation.beforeMerge?.(run);
}

async function applyChanges(state: RunState, entity: Entity): Promise<number> {
  const changes = `changes_${entity}`;
  const planned = await onRun<{ to_insert: number; to_update: number; unchanged: number }>(
    state,
    fill('count_changes.sql', { changes }),
  );
  const account = accountOf(state, entity);
  account.unchanged = planned.rows[0].unchanged;
  if (planned.rows[0].to_update > 0) {
    account.updated = (await onRun(state, sheetStatement('merge_update.sql', entity))).count;
  }
  if (planned.rows[0].to_insert > 0) {
    const changed_join = `JOIN ${changes} AS change
  ON change.src_sheet = row.src_sheet AND change.src_row = row.src_row AND change.action = 'I'`;
    account.inserted = (await onRun(state, sheetStatement('merge_insert.sql', entity, { changed_join }))).count;
  }
  return account.inserted + account.updated;
}
