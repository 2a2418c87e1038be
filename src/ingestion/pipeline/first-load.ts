import type { Client } from 'pg';
import type { AsideTable } from '../../analytics/derivation';
import { sqlFile } from '../../database/sql-file';
import { ASIDE_TABLES } from './derive';
import { ORDER_STATE } from './order-state';
import { besideRun, type RunState, type RunStatement } from './run-state';
import { fill, fillBuild, readingStaging } from './sheet-sql';

/*
 * What of a first load is built as tables of staging, from staging, on connections beside the run's own: readers cannot see
 * them, and the merge has only to put them in place. What a killed run leaves of them is removed by the next.
 */

const BEGIN_PHASE_BUILD = sqlFile(__dirname, 'sql/begin_phase_build.sql');
const PART_PHASE_BUILD = sqlFile(__dirname, 'sql/part_phase_build.sql');
const INDEX_PHASE_BUILD = sqlFile(__dirname, 'sql/index_phase_build.sql');
const BEGIN_HASH_BUILD = sqlFile(__dirname, 'sql/begin_hash_build.sql');
const INDEX_HASH_BUILD = sqlFile(__dirname, 'sql/index_hash_build.sql');

const ERRORS = 'core.erros_ordem_fabrico';

/** What follows from the rows, in the order in which the run's own connection comes to it. */
export const TABLES_ASIDE: readonly AsideTable[] = [ORDER_STATE, ...ASIDE_TABLES];

/** Fills the months, each a table. @returns their rows */
export async function fillMonths(state: RunState, client: Client, months: readonly string[]): Promise<number> {
  return inTransaction(state, client, async (run) => {
    await run(BEGIN_PHASE_BUILD, [months]);
    const rows = await run(fillBuild('fases_ordem_fabrico'));
    await run(PART_PHASE_BUILD, [months]);
    return rows;
  });
}

/** Gives filled months their indexes. */
export async function indexMonths(state: RunState, client: Client, months: readonly string[]): Promise<void> {
  await inTransaction(state, client, (run) => run(INDEX_PHASE_BUILD, [months]));
}

/** Fills the partitions of the errors, with their indexes, to be put in the place of core's. @returns their rows */
export async function buildErrors(state: RunState, client: Client): Promise<number> {
  return inTransaction(state, client, async (run) => {
    await run(BEGIN_HASH_BUILD, [ERRORS]);
    const rows = await run(fillBuild('erros_ordem_fabrico'));
    await run(INDEX_HASH_BUILD, [ERRORS]);
    return rows;
  });
}

/** Fills a table like one of core or analytics. @returns its name */
export async function buildTable(state: RunState, client: Client, aside: AsideTable): Promise<string> {
  const built = `${aside.table.slice(aside.table.indexOf('.') + 1)}_build`;
  await inTransaction(state, client, async (run) => {
    await run(fill('create_build.sql', { built, table: aside.table }));
    await run(readingStaging(aside.fill(`staging.${built}`)), aside.values(state.settings));
  });
  return `staging.${built}`;
}

async function inTransaction<T>(state: RunState, client: Client, work: (run: RunStatement) => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  const result = await work(besideRun(state, client));
  await client.query('COMMIT');
  return result;
}
