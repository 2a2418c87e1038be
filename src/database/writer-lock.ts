import type { PoolClient } from 'pg';
import { sqlFile } from './sql-file';

const LOCK_WRITERS = sqlFile(__dirname, 'sql/lock_writers.sql');

/**
 * Waits until nobody else writes core or what follows from it, and keeps it so until the transaction ends. A load that
 * changes core takes it before it looks at what changes; jobs take it as the first thing they do, so that all their
 * statements see what the one before them left.
 */
export async function lockWriters(client: PoolClient): Promise<void> {
  await client.query(LOCK_WRITERS.text);
}
