import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { attachEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';
import { runProgram, type FinishedProcess } from './run-process';

const CLI = join(__dirname, '../../src/cli/main.js');
const MIGRATE = join(__dirname, '../../src/database/migrate.js');

/** A started, migrated and empty database in a folder of its own. */
export interface BenchEngine {
  /** initdb and the first start */
  startSeconds: number;
  migrateSeconds: number;
  /** such as 18.1 */
  serverVersion: string;
  /** postgresql://… of the database */
  url: string;
  /** what a process of the product is started with to work on this database */
  environment: NodeJS.ProcessEnv;
  /** Runs a command of the product's own command line on this database. */
  cli(args: readonly string[]): Promise<FinishedProcess>;
}

/** Gives `use` a new database and takes it away afterwards, whatever happens. */
export async function withEngine<T>(
  workDir: string,
  signal: AbortSignal,
  use: (engine: BenchEngine) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const dataDir = mkdtempSync(join(workDir, 'data-'));
  // mkdtemp makes it 0700; as root the server runs under another account, which has to get in.
  chmodSync(dataDir, 0o755);
  try {
    const started = performance.now();
    const server = await attachEmbeddedPostgres({ dataDir });
    try {
      const startSeconds = (performance.now() - started) / 1000;
      const environment = productEnvironment({ DATA_DIR: dataDir });
      const options = { signal, cwd: dataDir, env: environment };
      const migrated = await runProgram(MIGRATE, [], options);
      return await use({
        startSeconds,
        migrateSeconds: migrated.seconds,
        serverVersion: await serverVersion(server.url),
        url: server.url,
        environment,
        cli: (args) => runProgram(CLI, args, { ...options, serverPid: server.pid }),
      });
    } finally {
      await server.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The product's defaults: nothing of the caller's settings may change what is measured. */
export function productEnvironment(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, ...settings };
}

export async function serverVersion(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0].server_version;
  } finally {
    await client.end();
  }
}
