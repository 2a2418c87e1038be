import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import type { Env } from '../config/env';
import { sqlFile } from '../database/sql-file';
import { loadSettings } from './pipeline/settings';
import type { RunReport } from './queries/run-report';

const READ_PUBLISHED = sqlFile(__dirname, 'pipeline/sql/read_published_load.sql');
const READ_REPORT = sqlFile(__dirname, 'pipeline/sql/read_report.sql');
/** SQLSTATEs of a database that was never migrated: no such table, no such schema. */
const NOT_MIGRATED = new Set(['42P01', '3F000', '42703']);

/** What tells whether the published data come from a file, read the way it would be read now. */
export interface PublishedFile {
  readonly runId: number;
  readonly sha256: string;
  readonly settingsHash: string;
  readonly workbookName: string;
}

/** Why nothing is to be done for a file of this content, or undefined where something is. */
export function reasonToRest(
  published: PublishedFile | undefined,
  sha256: string,
  settingsHash: string,
): string | undefined {
  if (published?.sha256 !== sha256 || published.settingsHash !== settingsHash) return undefined;
  return `Nothing to do: load ${published.runId} already holds this file (${published.workbookName}).`;
}

/** SHA-256 of a file, hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/**
 * The same answer without the application: for the command line, which otherwise spends more than the second it has on
 * starting what it will not use.
 */
export async function findHeldFile(
  url: string,
  env: Env,
  path: string,
): Promise<{ message: string; report: RunReport } | undefined> {
  const client = new Client({ connectionString: url });
  // A lost connection also fails the statement in hand, which is where it is reported.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{
      run_id: string;
      excel_sha256: string;
      settings_hash: string;
      workbook_name: string;
    }>(READ_PUBLISHED.text);
    const row = rows.at(0);
    if (!row) return undefined;
    const published = {
      runId: Number(row.run_id),
      sha256: row.excel_sha256,
      settingsHash: row.settings_hash,
      workbookName: row.workbook_name,
    };
    const message = reasonToRest(published, await hashFile(path), loadSettings(env).hash);
    if (message === undefined) return undefined;
    const { rows: reports } = await client.query<{ report: RunReport }>(READ_REPORT.text, [published.runId]);
    return { message, report: reports[0].report };
  } catch (error) {
    if (NOT_MIGRATED.has((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  } finally {
    await client.end();
  }
}
