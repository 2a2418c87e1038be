import { sqlFile } from '../../database/sql-file';
import type { PublishedVersion, SnapshotQuery } from '../published-data';

const READ_READING_VERSION = sqlFile(__dirname, 'sql/read_reading_version.sql');

/** Whether the tables for reading are of the version that is read; if not, an answer has to read core. */
export async function isPrepared(query: SnapshotQuery, { version }: PublishedVersion): Promise<boolean> {
  return (await query<{ version: number }>(READ_READING_VERSION)).at(0)?.version === version;
}
