import { SHEETS, sheetOf } from '@libs/workbook';
import { sqlFile } from '../../../database/sql-file';
import { REFERENCES, sheetStatement } from '../sheet-sql';
import { accountOf, onRun, sheetNames, type RunState, type Step } from '../run-state';

const ORPHAN_PRODUCTS = sqlFile(__dirname, '../sql/record_orphan_products.sql');
const MISSING_FINISHES = sqlFile(__dirname, '../sql/record_missing_finishes.sql');
const STALE_OPEN_PHASES = sqlFile(__dirname, '../sql/record_stale_open_phases.sql');
const ORPHAN_ASSIGNMENTS = sqlFile(__dirname, '../sql/record_orphan_assignments.sql');
const ORPHAN_ERROR_PHASES = sqlFile(__dirname, '../sql/record_orphan_error_phases.sql');

/**
 * Decides, in staging, which rows are kept: duplicates first, then what each row's own cells ruled out while reading,
 * then references to what is not kept. Sheets come in the order in which they refer to one another. Records rejects
 * and issues of the run.
 */
export const validateStep: Step = {
  name: 'validate',
  weight: 12,
  async run(state, progress) {
    let rowsIn = 0;
    let rejected = 0;
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
      ]);
      await onRun(state, sheetStatement('record_conflicting_duplicates.sql', entity), [runId, entity, names]);
      await onRun(state, sheetStatement('record_cell_issues.sql', entity), [runId, entity, names]);
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
    await recordFindingsAcrossSheets(state);
    return { rowsIn, rowsOut: rowsIn - rejected, rowsRejected: rejected };
  },
};

async function recordFindingsAcrossSheets(state: RunState): Promise<void> {
  const { runId } = state.order;
  const { terminalPhases } = state.settings;
  const orders = sheetNames(state, 'ordens_fabrico');
  const phases = sheetNames(state, 'fases_ordem_fabrico');
  await onRun(state, ORPHAN_PRODUCTS, [runId, orders]);
  await onRun(state, MISSING_FINISHES, [runId, orders, terminalPhases]);
  await onRun(state, STALE_OPEN_PHASES, [runId, phases, terminalPhases]);
  await onRun(state, ORPHAN_ASSIGNMENTS, [runId, sheetNames(state, 'funcionarios_fase_ordem_fabrico')]);
  await onRun(state, ORPHAN_ERROR_PHASES, [runId, sheetNames(state, 'erros_ordem_fabrico')]);
}
