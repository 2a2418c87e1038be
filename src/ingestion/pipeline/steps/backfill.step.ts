import { fillTable } from '../../../analytics/derivation';
import { sqlFile } from '../../../database/sql-file';
import { derivationRun } from '../derive';
import { BACKFILL_ORDER_STATE, ORDER_STATE } from '../order-state';
import { onRun, type Step } from '../run-state';

const PHASE_EVENT_TIME = sqlFile(__dirname, '../sql/backfill_phase_event_time.sql');
const ERROR_EVENT_TIME = sqlFile(__dirname, '../sql/backfill_error_event_time.sql');

/**
 * Brings columns that depend on other rows up to date; only what changes is written. The rows of a first load were
 * written with their times, and no other row has changed since.
 */
export const backfillStep: Step = {
  name: 'backfill',
  weight: 5,
  async run(state, progress) {
    if (state.coreWasEmpty) {
      const written = await fillTable(derivationRun(state), ORDER_STATE);
      return { rowsIn: written, rowsOut: written, rowsRejected: 0 };
    }
    const phases = await onRun(state, PHASE_EVENT_TIME);
    progress(0.3);
    const errors = await onRun(state, ERROR_EVENT_TIME);
    progress(0.6);
    const orders = await onRun(state, BACKFILL_ORDER_STATE, [state.settings.terminalPhases]);
    const written = phases.count + errors.count + orders.count;
    return { rowsIn: written, rowsOut: written, rowsRejected: 0 };
  },
};
