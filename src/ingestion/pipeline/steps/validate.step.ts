import { SHEETS, sheetOf } from '@libs/workbook';
import { startBeside } from '../beside';
import { canBuildAside, ensureMonths, phaseMonths } from '../months';
import { REFERENCES, sheetStatement } from '../sheet-sql';
import { accountOf, onRun, type RunState, type Step, type StepOutcome, type StepProgress } from '../run-state';

/**
 * Decides, in staging, which rows are kept: duplicates first, then what each row's own cells ruled out while reading,
 * then references to what is not kept. Sheets come in the order in which they refer to one another.
 */
export const validateStep: Step = {
  name: 'validate',
  weight: 12,
  async run(state, progress) {
    await state.client.query('BEGIN');
    try {
      const outcome = await judge(state, progress);
      await state.client.query('COMMIT');
      state.months = await phaseMonths(state);
      state.beside = startBeside(state);
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
  for (const [position, { entity }] of SHEETS.entries()) {
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
  return { rowsIn, rowsOut: rowsIn - rejected, rowsRejected: rejected };
}

/**
 * Makes the months that kept phases need and core lacks, before the merge begins its transaction. A first load builds
 * its months itself, unless some date is a typing error whose phase goes to the default partition.
 */
async function makeMonths(state: RunState): Promise<void> {
  if (state.published === undefined && canBuildAside(state.months)) return;
  const missing = state.months.filter(({ present, regular }) => regular && !present);
  await ensureMonths(
    state.database,
    missing.map(({ month }) => month),
  );
}
