import type { PoolClient } from 'pg';
import { sqlFile, withIdentifiers, type SqlStatement } from './sql-file';

const BEGIN_BULK_LOAD = sqlFile(__dirname, 'sql/begin_bulk_load.sql');
const FINISH_BULK_LOAD = sqlFile(__dirname, 'sql/finish_bulk_load.sql');
const MOVE_BUILT = sqlFile(__dirname, 'sql/move_built.sql');

/**
 * Fills an empty table without its keys and indexes and brings them back afterwards, in the caller's transaction: one
 * build replaces an insertion per row. The table is locked against readers until the transaction ends.
 *
 * @param foreignKeys also the table's foreign keys; what they name is then locked too
 * @throws Error of the server when the table holds rows
 */
export async function bulkLoad<T>(
  client: PoolClient,
  table: string,
  foreignKeys: boolean,
  fill: () => Promise<T>,
): Promise<T> {
  const { rows } = await client.query<{ definitions: string[] }>(BEGIN_BULK_LOAD.text, [table, foreignKeys]);
  const filled = await fill();
  await client.query(FINISH_BULK_LOAD.text, [rows[0].definitions]);
  return filled;
}

/** Fills `table` from `built`, a table like it. Both are names from code, with their schemas. */
export function moveBuilt(table: string, built: string): SqlStatement {
  return withIdentifiers(MOVE_BUILT, { table, built });
}
