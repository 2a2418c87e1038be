import { sqlFile } from '../../database/sql-file';
import {
  daysBefore,
  DEFAULT_WINDOW_DAYS,
  KPI_BY_PHASE,
  KPI_BY_PRODUCT,
  KPI_OVERVIEW,
} from '../../published/figures/figures';
import type { Derivation } from '../derivation';

const CLEAR = sqlFile(__dirname, 'sql/clear_default_window.sql');
const INSERT = sqlFile(__dirname, 'sql/insert_default_window.sql');

/** Key figures of the 90 days that end at the data clock, so that the question nearly everybody asks scans nothing. */
export const kpiWindowsDerivation: Derivation = {
  name: 'kpi_windows',
  async derive({ client, asOf, settings }) {
    await client.query(CLEAR.text);
    if (asOf === null) return;
    const from = daysBefore(asOf, DEFAULT_WINDOW_DAYS, settings.factoryTz);
    const figures = [
      { statement: KPI_OVERVIEW, values: [from, asOf, settings.factoryTz] },
      { statement: KPI_BY_PHASE, values: [from, asOf] },
      { statement: KPI_BY_PRODUCT, values: [from, asOf, settings.factoryTz] },
    ];
    for (const { statement, values } of figures) {
      const { rows } = await client.query(statement.text, values);
      await client.query(INSERT.text, [statement.name, from, asOf, JSON.stringify(rows)]);
    }
  },
};
