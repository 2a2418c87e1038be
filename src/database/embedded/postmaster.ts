import { ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../common/free-port';
import { Account } from './account';
import { ENGINE_ENVIRONMENT } from './cluster';
import { Home } from './home';
import { processInfo } from './processes';
import { ServerLog } from './server-log';

/** A server that runs on the home's cluster. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * One workbook a day on a machine that does other things too: large checkpoints apart, no replication. fsync stays on,
 * a crash must not lose what was published. `jit` costs more planning than it saves on these queries. What a process that was
 * killed had asked for ends soon after it, and lets go of its locks.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  maintenance_work_mem: '256MB',
  jit: 'off',
  lc_messages: 'C',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %a ',
  log_checkpoints: 'off',
  client_connection_check_interval: '2s',
};

/**
 * The server that postmaster.pid names, if it lives; a file left by a killed server, whose pid may by now be some other
 * process, is removed.
 */
export function findPostmaster(home: Home): Postmaster | undefined {
  const file = join(home.pgdata, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (Number.isNaN(pid) || lines[0] === '') return undefined;
  const info = processInfo(pid);
  if (info?.command.includes(home.pgdata)) return { pid, port: Number(lines[3]) };
  rmSync(file, { force: true });
  return undefined;
}

/** What starting needs to know. */
export interface StartOptions {
  postgres: string;
  home: Home;
  account: Account | undefined;
  log: ServerLog;
  /** Settings that differ from SETTINGS, such as fsync=off for tests. */
  settings: Record<string, string>;
}

/**
 * Spawns a server in a session of its own, so that Ctrl-C on the terminal reaches only this process, which then stops
 * it in order. It may fail at once, because another process was faster: the caller looks at exitCode.
 */
export async function spawnPostmaster(options: StartOptions): Promise<ChildProcess> {
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, ...options.settings });
  const args = ['-D', options.home.pgdata, '-p', String(port)];
  for (const [name, value] of settings) args.push('-c', `${name}=${value}`);
  return options.log.withFile((fd) => {
    const child = spawn(options.postgres, args, {
      ...options.account,
      cwd: '/',
      env: ENGINE_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', fd, fd],
    });
    child.unref();
    return child;
  });
}

/**
 * Fast shutdown: sessions are ended, the data is written, nothing has to be recovered at the next start.
 * @throws Error when the server has not ended after `timeoutMs`.
 */
export async function stopPostmaster(postmaster: Postmaster, home: Home, timeoutMs = 60_000): Promise<void> {
  signalPostmaster(postmaster, home);
  const deadline = Date.now() + timeoutMs;
  while (processInfo(postmaster.pid)?.command.includes(home.pgdata)) {
    if (Date.now() > deadline) throw new Error(`The embedded PostgreSQL (pid ${postmaster.pid}) does not stop.`);
    await sleep(20);
  }
}

/** As stopPostmaster, for an 'exit' handler: blocks the thread, and gives up waiting without a word. */
export function stopPostmasterAtExit(postmaster: Postmaster, home: Home, timeoutMs = 10_000): void {
  signalPostmaster(postmaster, home);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < timeoutMs; waited += 20) {
    if (!processInfo(postmaster.pid)?.command.includes(home.pgdata)) return;
    Atomics.wait(pause, 0, 0, 20);
  }
}

/** Asks for a fast shutdown without waiting for it. */
function signalPostmaster(postmaster: Postmaster, home: Home): void {
  if (!processInfo(postmaster.pid)?.command.includes(home.pgdata)) return;
  try {
    process.kill(postmaster.pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
