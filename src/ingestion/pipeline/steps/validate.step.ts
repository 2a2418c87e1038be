import type { Entity } from '@libs/workbook';
import { startBeside } from '../beside';
import { requireAllStaged } from '../judgement';
import { canBuildAside, ensureMonths, phaseMonths } from '../months';
import type { RunState, Step } from '../run-state';

/**
 * Settles which rows are kept: the judgement, which began while sheets were read, is waited for, and every row that was
 * read must have been judged. Then what needs nothing but judged staging begins beside the merge.
 */
export const validateStep: Step = {
  name: 'validate',
  weight: 12,
  async run(state) {
    await state.judgement!.finish();
    requireAllStaged(state, (entity) => state.staged.get(entity) ?? 0);
    state.months = await phaseMonths(state);
    state.beside = startBeside(state);
    await makeMonths(state);
    const sum = (counts: ReadonlyMap<Entity, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
    const [rowsIn, rowsOut] = [sum(state.staged), sum(state.kept)];
    return { rowsIn, rowsOut, rowsRejected: rowsIn - rowsOut };
  },
};

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
