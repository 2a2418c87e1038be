import { SHEETS, sheetOf, type Entity } from '@libs/workbook';
import { columnName } from '@libs/xlsx';
import { sqlFile } from '../../../database/sql-file';
import { canBuildAside, ensureMonths, phaseMonths } from '../months';
import { fill, REFERENCES, sheetStatement } from '../sheet-sql';
import {
  accountOf,
  onRun,
  sheetNames,
  type RunState,
  type Step,
  type StepOutcome,
  type StepProgress,
} from '../run-state';

const BEGIN_ISSUES = sqlFile(__dirname, '../sql/begin_issues.sql');
const FINISH_ISSUES = sqlFile(__dirname, '../sql/finish_issues.sql');

/**
 * Decides, in staging, which rows are kept: duplicates first, then what each row's own cells ruled out while reading,
 * then references to what is not kept. Sheets come in the order in which they refer to one another. Records rejects
 * and issues of the run.
 */
export const validateStep: Step = {
  name: 'validate',
  weight: 12,
  async run(state, progress) {
    await state.client.query('BEGIN');
    try {
      const outcome = await judge(state, progress);
      await state.client.query('COMMIT');
      await makeMonths(state);
      return outcome;
    } catch (error) {
      await state.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  },
};

async function judge(state: RunState, progress: StepProgress): Promise<StepOutcome> {
  let rowsIn = 0;
  let rejected = 0;
  const issues = `ops.data_quality_issues_run_${state.order.runId}`;
  await onRun(state, BEGIN_ISSUES, [state.order.runId]);
  for (const [position, { entity }] of SHEETS.entries()) {
    const { runId } = state.order;
    const names = sheetNames(state, entity);
    await onRun(state, sheetStatement('mark_duplicates.sql', entity));
    for (const reference of REFERENCES[entity] ?? []) {
      const header = sheetOf(entity).columns.find((column) => column.column === reference.column)?.header;
      await onRun(
        state,
        sheetStatement('reject_unknown_reference.sql', entity, {
          column: reference.column,
          referenced_raw: `${reference.referenced}_raw`,
          referenced_column: reference.referencedColumn,
        }),
        [reference.code, header, reference.what],
      );
    }
    await onRun(state, sheetStatement('record_rejects.sql', entity), [
      runId,
      entity,
      names,
      state.settings.factoryTz,
      JSON.stringify(columnLetters(state, entity)),
    ]);
    await onRun(state, sheetStatement('record_conflicting_duplicates.sql', entity, { issues }), [runId, entity, names]);
    await onRun(state, sheetStatement('record_cell_issues.sql', entity, { issues }), [runId, entity, names]);
    const { rows } = await onRun<{ staged: number; duplicates: number; quarantined: number; kept: number }>(
      state,
      sheetStatement('count_staged.sql', entity),
    );
    const account = accountOf(state, entity);
    account.duplicates = rows[0].duplicates;
    account.quarantined = rows[0].quarantined;
    state.kept.set(entity, rows[0].kept);
    rowsIn += rows[0].staged;
    rejected += rows[0].duplicates + rows[0].quarantined;
    progress((position + 1) / (SHEETS.length + 1));
  }
  await recordFindingsAcrossSheets(state, issues);
  await onRun(state, FINISH_ISSUES, [state.order.runId]);
  await onRun(state, fill('analyze_findings.sql', { issues }));
  await onRun(state, fill('analyze_findings.sql', { issues: 'ops.rejects' }));
  return { rowsIn, rowsOut: rowsIn - rejected, rowsRejected: rejected };
}

/** The letters of a sheet's columns by header, for it and each continuation. */
function columnLetters(state: RunState, entity: Entity): Record<string, string>[] {
  return state.parts
    .filter((part) => part.entity === entity)
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((part) => {
      const columns = state.visited.get(part.index)!.columns;
      return Object.fromEntries(sheetOf(entity).columns.map(({ header }, i) => [header, columnName(columns[i])]));
    });
}

/**
 * Makes the months that kept phases need and core lacks, before the merge begins its transaction. A first load builds
 * its months itself, unless some date is a typing error whose phase goes to the default partition.
 */
async function makeMonths(state: RunState): Promise<void> {
  const months = await phaseMonths(state);
  if (state.published === undefined && canBuildAside(months)) return;
  const missing = months.filter(({ present, regular }) => regular && !present);
  await ensureMonths(
    state.database,
    missing.map(({ month }) => month),
  );
}

async function recordFindingsAcrossSheets(state: RunState, issues: string): Promise<void> {
  const { runId } = state.order;
  const { terminalPhases } = state.settings;
  const orders = sheetNames(state, 'ordens_fabrico');
  const phases = sheetNames(state, 'fases_ordem_fabrico');
  await onRun(state, fill('record_orphan_products.sql', { issues }), [runId, orders]);
  await onRun(state, fill('record_missing_finishes.sql', { issues }), [runId, orders, terminalPhases]);
  await onRun(state, fill('record_stale_open_phases.sql', { issues }), [runId, phases, terminalPhases]);
  await onRun(state, fill('record_orphan_assignments.sql', { issues }), [
    runId,
    sheetNames(state, 'funcionarios_fase_ordem_fabrico'),
  ]);
  await onRun(state, fill('record_orphan_error_phases.sql', { issues }), [
    runId,
    sheetNames(state, 'erros_ordem_fabrico'),
  ]);
}
