import { randomUUID } from 'node:crypto';
import type { Database } from './database';
import { sqlFile } from './sql-file';

const HAS = sqlFile(__dirname, 'sql/has_database_identity.sql');
const INSERT = sqlFile(__dirname, 'sql/insert_database_identity.sql');
const READ = sqlFile(__dirname, 'sql/read_database_identity.sql');

/**
 * What tells this database from any other: random, made when it is first asked for, and not part of a backup. Numbers of
 * runs begin at 1 again in a database that was made anew or restored, and whatever outlived the old one would take them
 * for the old ones.
 * @returns undefined while the schema is older than the table, where the start is about to be refused
 */
export async function databaseIdentity(database: Database): Promise<string | undefined> {
  const [{ present }] = await database.query<{ present: boolean }>(HAS);
  if (!present) return undefined;
  await database.query(INSERT, [randomUUID()]);
  const [{ identity }] = await database.query<{ identity: string }>(READ);
  return identity;
}
