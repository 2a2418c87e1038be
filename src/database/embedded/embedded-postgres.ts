import { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverAccount } from './account';
import { Binaries, findBinaries } from './binaries';
import { ENGINE_DATABASE, ENGINE_USER, ensureCluster, readPassword } from './cluster';
import { Guarded, guardExit } from './exit-guard';
import { announceStop, claim, Claim, isBeingStopped, stopIsOver } from './holders';
import { findHome, Home, outsideDir } from './home';
import {
  findPostmaster,
  Postmaster,
  spawnPostmaster,
  StartOptions,
  stopPostmaster,
  stopPostmasterAtExit,
} from './postmaster';
import { ServerLog } from './server-log';

/** How the engine is asked for. */
export interface EmbeddedOptions {
  /** DATA_DIR, absolute. The cluster lives in its folder `postgres`, the log in `logs/postgres.log`. */
  dataDir: string;
  /** Server settings that differ from the product's, such as fsync=off for tests. */
  settings?: Record<string, string>;
  /** How long a start may take, crash recovery included. */
  timeoutMs?: number;
}

/** This process's hold on the one server of a DATA_DIR. */
export interface EmbeddedPostgres {
  /** postgresql://… of the product's database. */
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** True when this call started the server, false when it found it running. */
  readonly started: boolean;
  /** Lets go of the server; the last process that does stops it. Safe to call again. */
  close(): Promise<void>;
}

const ROTATION_EVERY_MS = 10 * 60_000;
/** Crash recovery of 4 GB of journal (max_wal_size) is the longest start there is. */
const START_TIMEOUT_MS = 10 * 60_000;

/**
 * Gives access to DATA_DIR's PostgreSQL: joins the running one, also one whose starter was killed, or makes and starts it.
 * There is no lock of our own. Two things PostgreSQL and the file system already decide keep it one server: the cluster
 * arrives by a rename, and of two servers on one cluster the second refuses to start (postmaster.pid).
 * @throws Error saying what to do when the engine cannot run here or does not come up.
 */
export async function attachEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const home = findHome(options.dataDir, serverAccount);
  const account = serverAccount(home.pgdata);
  const log = new ServerLog(options.dataDir);
  let binaries: Binaries | undefined;
  const engine = (): Binaries => (binaries ??= findBinaries(account, outsideDir));

  if (!findPostmaster(home)) await ensureCluster(home, engine(), account);
  const session = new EngineSession(home, log);
  try {
    const start = { home, account, log, settings: options.settings ?? {} };
    await session.open(() => ({ ...start, postgres: engine().postgres }), options.timeoutMs ?? START_TIMEOUT_MS);
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** From the claim on the server to letting go of it; guarded all that time, so that a signal in between leaves nothing. */
class EngineSession implements EmbeddedPostgres, Guarded {
  url = '';
  pid = 0;
  port = 0;
  started = false;
  private child: ChildProcess | undefined;
  private closing: Promise<void> | undefined;
  private readonly hold: Claim;
  private readonly guard: { release(): void };
  private readonly rotation: NodeJS.Timeout;

  constructor(
    private readonly home: Home,
    private readonly log: ServerLog,
  ) {
    this.hold = claim(home);
    this.guard = guardExit(this);
    this.rotation = setInterval(() => log.rotate(), ROTATION_EVERY_MS);
    this.rotation.unref();
  }

  /** Joins the running server, or starts one. */
  async open(startOptions: () => StartOptions, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (let attempts = 0; Date.now() < deadline && this.closing === undefined;) {
      const running = isBeingStopped(this.home) ? undefined : findPostmaster(this.home);
      if (running && (await answers(this.home, running))) {
        this.url = await ensureDatabase(this.home, running);
        this.pid = running.pid;
        this.port = running.port;
        this.started = this.child?.pid === running.pid;
        return;
      }
      if (!running && !this.childLives() && !isBeingStopped(this.home)) {
        // A failed start is tried again for a while: the port may have been taken, another process may have been
        // faster, or the sessions of a killed server may not have ended yet.
        if (attempts >= 10) break;
        attempts += 1;
        this.child = await spawnPostmaster(startOptions());
      }
      await sleep(attempts > 3 ? 500 : 30);
    }
    throw new Error(`The embedded PostgreSQL does not start: see ${this.log.path} for its reason.`);
  }

  close(): Promise<void> {
    this.closing ??= this.letGo().finally(() => this.guard.release());
    return this.closing;
  }

  closeAtExit(): void {
    this.hold.release();
    if (!announceStop(this.home)) return;
    const running = findPostmaster(this.home);
    if (running) stopPostmasterAtExit(running, this.home);
    // So young that it has not written its pid file yet.
    else if (this.child?.pid && this.childLives()) stopPostmasterAtExit({ pid: this.child.pid, port: 0 }, this.home);
    stopIsOver(this.home);
  }

  private async letGo(): Promise<void> {
    clearInterval(this.rotation);
    this.hold.release();
    if (!announceStop(this.home)) return;
    // Looked up again: the server this process joined may have been killed and started anew by another one since.
    const running = findPostmaster(this.home);
    if (running) await stopPostmaster(running, this.home);
    else if (this.child && this.childLives()) {
      // So young that it has not written its pid file yet.
      const ended = once(this.child, 'exit');
      this.child.kill('SIGINT');
      await ended;
    }
    stopIsOver(this.home);
  }

  private childLives(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }
}

function connectionUrl(home: Home, port: number, database: string): string {
  return `postgresql://${ENGINE_USER}:${readPassword(home)}@127.0.0.1:${port}/${database}`;
}

/** Whether the server accepts sessions; false while it starts, recovers or stops. */
async function answers(home: Home, postmaster: Postmaster): Promise<boolean> {
  if (!postmaster.port) return false;
  const client = new pg.Client({ connectionString: connectionUrl(home, postmaster.port, 'postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    // 57P03 cannot_connect_now: starting up, recovering or shutting down.
    if (['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code)) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(home: Home, postmaster: Postmaster): Promise<string> {
  const client = new pg.Client({ connectionString: connectionUrl(home, postmaster.port, 'postgres') });
  // A server stopped at this moment is a query that fails; unheard, the event would end the process first.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [ENGINE_DATABASE]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE ${ENGINE_DATABASE}`).catch((error: Error & { code?: string }) => {
        // Another process made it meanwhile: duplicate_database, or its index when both were at it at once.
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
    }
  } finally {
    await client.end();
  }
  return connectionUrl(home, postmaster.port, ENGINE_DATABASE);
}
