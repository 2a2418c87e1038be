import { sqlFile, withIdentifiers } from '../../database/sql-file';
import { fillTable, type AsideTable, type Derivation } from '../derivation';

const CLEAR = sqlFile(__dirname, 'sql/clear_phase_usual.sql');
const INSERT = sqlFile(__dirname, 'sql/insert_phase_usual.sql');

/** Executions that make a product's own median; with fewer, that of the phase type over all products is used. */
const OWN_EXECUTIONS = 5;

const PHASE_USUAL: AsideTable = {
  table: 'analytics.phase_usual',
  isLarge: false,
  fill: (target) => withIdentifiers(INSERT, { target }),
  values: () => [OWN_EXECUTIONS],
};

/** How long a phase usually takes. A median cannot be corrected by a difference, so it is computed whole. */
export const usualDurationsDerivation: Derivation = {
  name: 'usual_durations',
  aside: [PHASE_USUAL],
  async derive(run) {
    await run.client.query(CLEAR.text);
    await fillTable(run, PHASE_USUAL);
  },
};
