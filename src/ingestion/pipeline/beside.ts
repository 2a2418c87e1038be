import { Client } from 'pg';
import { sqlFile } from '../../database/sql-file';
import { recordEvidence } from './evidence';
import { canBuildAside } from './months';
import { besideRun, type Beside, type RunState } from './run-state';
import { SESSION } from './session';
import { sheetStatement } from './sheet-sql';

const LOCK_BESIDE = sqlFile(__dirname, 'sql/lock_beside.sql');
const BEGIN_PHASE_BUILD = sqlFile(__dirname, 'sql/begin_phase_build.sql');
const INDEX_PHASE_BUILD = sqlFile(__dirname, 'sql/index_phase_build.sql');

/**
 * Begins what needs nothing but judged staging, on a connection of its own, so that it shares the time of the merge:
 * first the months of a first load, which the merge waits for, then the evidence, which the publish waits for.
 */
export function startBeside(state: RunState): Beside {
  const client = new Client({ connectionString: state.database.connectionString });
  // A lost connection also fails the statement in hand, which is where it is reported.
  client.on('error', () => undefined);
  const opened = client.connect().then(() => client.query(LOCK_BESIDE.text));
  const months = opened.then(() => buildMonths(state, client));
  const evidence = months.then(() => recordEvidence(state, client)).finally(() => client.end());
  // Both are awaited later; until then they may fail unheard.
  months.catch(() => undefined);
  evidence.catch(() => undefined);
  return { months, evidence };
}

/**
 * Fills the months of a first load as tables of staging, with their indexes: readers cannot see them, and the merge has
 * only to attach them. What a killed run leaves of them is removed by the next.
 */
async function buildMonths(state: RunState, client: Client): Promise<number | undefined> {
  if (state.published !== undefined || !canBuildAside(state.months)) return undefined;
  const run = besideRun(state, client);
  const months = state.months.map(({ month }) => month);
  for (const setting of SESSION) await client.query(setting);
  await client.query('BEGIN');
  await run(BEGIN_PHASE_BUILD, [months]);
  const rows = await run(
    sheetStatement('merge_insert.sql', 'fases_ordem_fabrico', {
      target: 'staging.fases_ordem_fabrico_build',
      derived_joins: `JOIN staging.ordens_fabrico_raw AS ordem
  ON ordem.of_id = row.faseof_of_id AND NOT ordem.is_duplicate AND ordem.reject_code IS NULL`,
    }),
  );
  await run(INDEX_PHASE_BUILD, [months]);
  await client.query('COMMIT');
  return rows;
}
