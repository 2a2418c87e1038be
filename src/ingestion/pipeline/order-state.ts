import type { AsideTable } from '../../analytics/derivation';
import { sqlFile, withIdentifiers, type SqlStatement } from '../../database/sql-file';

const BACKFILL = sqlFile(__dirname, 'sql/backfill_order_state.sql');
const BUILD = sqlFile(__dirname, 'sql/build_order_state.sql');
const READ = sqlFile(__dirname, 'sql/read_order_state.sql');

/** Brings core.ordens_estado up to date. $1 names of the terminal phase types. */
export const BACKFILL_ORDER_STATE: SqlStatement = withIdentifiers(BACKFILL, { states: READ.text });

/** The same as a table of a first load. */
export const ORDER_STATE: AsideTable = {
  table: 'core.ordens_estado',
  isLarge: false,
  fill: (target) => withIdentifiers(BUILD, { target, states: READ.text }),
  values: ({ terminalPhases }) => [terminalPhases],
};
