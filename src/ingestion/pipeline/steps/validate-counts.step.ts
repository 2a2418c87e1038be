import { SHEETS } from '@libs/workbook';
import { sqlFile } from '../../../database/sql-file';
import { CountMismatchError, type CountMismatch } from '../../ingestion.errors';
import { sheetStatement } from '../sheet-sql';
import { accountOf, onRun, type Step } from '../run-state';

const COUNT_PHASE_IDS = sqlFile(__dirname, '../sql/count_phase_ids.sql');

/**
 * Proves the accounting before anybody sees the data, from counts made independently of one another: rows extracted by
 * the reader, rows judged in staging, rows written by the merge, and rows that stand in core.
 */
export const validateCountsStep: Step = {
  name: 'validate_counts',
  weight: 2,
  async run(state, progress) {
    const mismatches: CountMismatch[] = [];
    const expect = (sheet: string, what: string, expected: number, found: number): void => {
      if (expected !== found) mismatches.push({ sheet, what, expected, found });
    };
    let rows = 0;
    for (const [position, { entity, sheet }] of SHEETS.entries()) {
      const account = accountOf(state, entity);
      const { inserted, updated, unchanged, duplicates, quarantined } = account;
      expect(
        sheet,
        'extracted = inserted + updated + unchanged + duplicates + quarantined',
        account.extracted,
        inserted + updated + unchanged + duplicates + quarantined,
      );
      const core = await onRun<{ rows: number }>(state, sheetStatement('count_core.sql', entity));
      expect(sheet, 'rows in core = rows kept', state.kept.get(entity) ?? 0, core.rows[0].rows);
      rows += account.extracted;
      progress((position + 1) / (SHEETS.length + 1));
    }
    const phases = await onRun<{ rows: number; ids: number }>(state, COUNT_PHASE_IDS);
    expect(
      'FasesOrdemFabrico',
      'every FaseOf_Id stands once across all months',
      phases.rows[0].ids,
      phases.rows[0].rows,
    );
    if (mismatches.length > 0) throw new CountMismatchError(mismatches);
    return { rowsIn: rows, rowsOut: rows, rowsRejected: 0 };
  },
};
