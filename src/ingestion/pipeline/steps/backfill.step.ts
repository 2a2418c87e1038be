import { sqlFile } from '../../../database/sql-file';
import { onRun, type Step } from '../run-state';

const PHASE_EVENT_TIME = sqlFile(__dirname, '../sql/backfill_phase_event_time.sql');
const ERROR_EVENT_TIME = sqlFile(__dirname, '../sql/backfill_error_event_time.sql');
const ORDER_STATE = sqlFile(__dirname, '../sql/backfill_order_state.sql');

/** Brings columns that depend on other rows up to date; only what changes is written. */
export const backfillStep: Step = {
  name: 'backfill',
  weight: 5,
  async run(state, progress) {
    const phases = await onRun(state, PHASE_EVENT_TIME);
    progress(0.3);
    const errors = await onRun(state, ERROR_EVENT_TIME);
    progress(0.6);
    const orders = await onRun(state, ORDER_STATE, [state.settings.terminalPhases]);
    const written = phases.count + errors.count + orders.count;
    return { rowsIn: written, rowsOut: written, rowsRejected: 0 };
  },
};
