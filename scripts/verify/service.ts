import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/common/free-port';
import { attachEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';

const BUILD = join(__dirname, '../../dist/src');
const START_MS = 60_000;

/** A service that answers from a loaded workbook, and the database in which its staging stands. */
export interface Service {
  url: string;
  databaseUrl: string;
}

/** One whose files can be reached too. */
export interface LocalService extends Service {
  dataDir: string;
}

/** Loads a workbook into a new database, serves it to `use`, and takes both away afterwards, whatever happens. */
export async function withService<T>(
  file: string,
  use: (service: LocalService) => Promise<T>,
  settings: NodeJS.ProcessEnv = {},
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'prodplan-verify-'));
  // mkdtemp makes it 0700; as root the server runs under another account, which has to get in.
  chmodSync(dataDir, 0o755);
  try {
    const server = await attachEmbeddedPostgres({ dataDir });
    try {
      const port = await freePort();
      const environment = {
        ...callersPlace(),
        ...settings,
        DATA_DIR: dataDir,
        DATABASE_URL: server.url,
        PORT: String(port),
      };
      await finish(start('database/migrate.js', [], environment));
      await finish(start('cli/main.js', ['ingest', file], environment));
      await finish(start('cli/main.js', ['backtest'], environment));
      const process = start('main.js', [], environment);
      const url = `http://127.0.0.1:${port}`;
      try {
        await answers(url, process);
        return await use({ url, databaseUrl: server.url, dataDir });
      } finally {
        process.kill('SIGTERM');
        if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
      }
    } finally {
      await server.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The product's defaults: nothing of the caller's settings may change what is verified. */
function callersPlace(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, LOG_LEVEL: 'error' };
}

function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [join(BUILD, program), ...args], { env, stdio: ['ignore', 2, 2] });
}

async function finish(child: ChildProcess): Promise<void> {
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${child.spawnargs.slice(1).join(' ')} ended with ${code ?? child.signalCode}`);
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}.`);
    const health = await fetch(`${url}/api/health`).catch(() => undefined);
    if (health?.ok) return;
    await sleep(200);
  }
  throw new Error(`The service does not answer after ${START_MS / 1000} s.`);
}
