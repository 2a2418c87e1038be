import { sqlFile, withIdentifiers } from '../../database/sql-file';
import { fillTable, type AsideTable, type Derivation, type DerivationRun } from '../derivation';

const CREATE_TOUCHED_ERRORS = sqlFile(__dirname, 'sql/create_touched_errors.sql');
const COLLECT_TOUCHED_ERRORS = sqlFile(__dirname, 'sql/collect_touched_errors.sql');
const ANALYZE_TOUCHED_ERRORS = sqlFile(__dirname, 'sql/analyze_touched_errors.sql');
const HAS_ERRORS = sqlFile(__dirname, 'sql/has_errors.sql');
const DELETE_ERRORS = sqlFile(__dirname, 'sql/delete_errors.sql');
const DELETE_ALL_ERRORS = sqlFile(__dirname, 'sql/delete_all_errors.sql');
const INSERT_ALL_ERRORS = sqlFile(__dirname, 'sql/insert_all_errors.sql');
const INSERT_TOUCHED_ERRORS = sqlFile(__dirname, 'sql/insert_touched_errors.sql');
const ANALYZE_ERRORS = sqlFile(__dirname, 'sql/analyze_errors.sql');
/** What is said of all history; about 0.2 s for 90,000 errors, whatever the load changed: every rate has all in it. */
const TOTALS = ['groups', 'products', 'risk'].flatMap((name) => [
  sqlFile(__dirname, `sql/delete_${name}.sql`),
  sqlFile(__dirname, `sql/insert_${name}.sql`),
]);

const QUALITY_ERRORS: AsideTable = {
  table: 'analytics.quality_errors',
  isLarge: true,
  fill: (target) => withIdentifiers(INSERT_ALL_ERRORS, { target }),
  values: ({ factoryTz }) => [factoryTz],
};

/**
 * The errors with what their phases and orders say of them, kept by the errors that a load touches; and the totals of
 * all history, computed from those.
 */
export const qualityDerivation: Derivation = {
  name: 'quality',
  aside: [QUALITY_ERRORS],

  async beforeMerge({ client }) {
    await client.query(CREATE_TOUCHED_ERRORS.text);
    await client.query(COLLECT_TOUCHED_ERRORS.text);
    await client.query(ANALYZE_TOUCHED_ERRORS.text);
  },

  async derive(run) {
    const { client, settings } = run;
    if (run.fromNothing || !(await hasErrors(run))) {
      await client.query(DELETE_ALL_ERRORS.text);
      await fillTable(run, QUALITY_ERRORS);
      await client.query(ANALYZE_ERRORS.text);
    } else {
      await client.query(DELETE_ERRORS.text);
      await client.query(INSERT_TOUCHED_ERRORS.text, [settings.factoryTz]);
    }
    for (const statement of TOTALS) await client.query(statement.text);
  },
};

/** False after an update of the product over data that an older one loaded, which stored none. */
async function hasErrors({ client }: DerivationRun): Promise<boolean> {
  const { rows } = await client.query<{ stored: boolean }>(HAS_ERRORS.text);
  return rows[0].stored;
}
