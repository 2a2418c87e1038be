import { sqlFile } from '../../database/sql-file';
import type { Derivation } from '../derivation';

const CLEAR = sqlFile(__dirname, 'sql/clear_phase_usual.sql');
const INSERT = sqlFile(__dirname, 'sql/insert_phase_usual.sql');

/** Executions that make a product's own median; with fewer, that of the phase type over all products is used. */
const OWN_EXECUTIONS = 5;

/** How long a phase usually takes. A median cannot be corrected by a difference, so it is computed whole. */
export const usualDurationsDerivation: Derivation = {
  name: 'usual_durations',
  async derive({ client }) {
    await client.query(CLEAR.text);
    await client.query(INSERT.text, [OWN_EXECUTIONS]);
  },
};
