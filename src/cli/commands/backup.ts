import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Env } from '../../config/env';
import { loadEnv } from '../../config/env';
import { buildDataSource, poolOf } from '../../database/data-source';
import { openDatabaseTarget } from '../../database/database-target';
import { requireServerVersion } from '../../database/server-version';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { findTool, runTool } from '../release/postgres-tools';
import { megabytes } from '../text-table';

interface Server {
  url: string;
  major: number;
  /** Tables of the database that are not PostgreSQL's own. */
  tables: number;
}

/**
 * `backup FILE`: everything but the rows of staging, which no reader sees, and queued jobs. One snapshot of the
 * database, so that a load may go on meanwhile. @returns the exit code
 */
export async function runBackup(file: string, out: NodeJS.WritableStream): Promise<number> {
  await withServer(loadEnv(), async ({ url, major }) => {
    // Written aside and renamed: a backup that was cut off never looks like one.
    const part = `${file}.part`;
    try {
      await runTool(
        findTool('pg_dump', major),
        [
          '--format=custom',
          '--no-owner',
          '--no-privileges',
          '--exclude-table-data=staging.*',
          // What is restored elsewhere is another database.
          '--exclude-table-data=ops.database_identity',
          '--exclude-schema=bullmq',
          `--file=${part}`,
        ],
        url,
      );
      renameSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
  });
  out.write(`Backed up into ${file}, ${megabytes(statSync(file).size)}.\n`);
  return EXIT.OK;
}

/** `restore FILE`: into an empty database, whole or not at all. @returns the exit code */
export async function runRestore(file: string, out: NodeJS.WritableStream): Promise<number> {
  if (!existsSync(file)) throw new CliError('NO_BACKUP', `There is no file ${file}.`);
  await withServer(loadEnv(), async ({ url, major, tables }) => {
    if (tables > 0) {
      throw new CliError(
        'DATABASE_NOT_EMPTY',
        `The database holds ${tables} tables already, and a restore overwrites nothing.`,
        'Name an empty database in DATABASE_URL, or an empty folder in DATA_DIR.',
      );
    }
    const args = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction'];
    await runTool(findTool('pg_restore', major), [...args, file], url);
    await withServer(loadEnv(), ({ analyze }) => analyze());
  });
  out.write(`Restored ${file}.\n`);
  return EXIT.OK;
}

async function withServer(
  env: Env,
  work: (server: Server & { analyze: () => Promise<void> }) => Promise<void>,
): Promise<void> {
  const target = await openDatabaseTarget(env);
  const dataSource = buildDataSource(target.url, 1);
  try {
    await dataSource.initialize();
    const pool = poolOf(dataSource);
    const { text } = await requireServerVersion(pool);
    const { rows } = await pool.query<{ tables: number }>(
      `SELECT count(*)::int AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const analyze = async () => void (await pool.query('ANALYZE'));
    await work({ url: target.url, major: Number.parseInt(text, 10), tables: rows[0].tables, analyze });
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await target.close();
  }
}
