import { spawnSync } from 'node:child_process';
import { chownSync, chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/common/free-port';
import { serverAccount } from '../../src/database/embedded/account';
import { admin } from './test-database';

const PROGRAMS = '/usr/lib/postgresql/15/bin';

/** Whether a replica can be made here: Debian's PostgreSQL 15, and a server of it that the tests run on. */
export const CAN_REPLICATE = Boolean(process.env.TEST_DATABASE_URL) && existsSync(join(PROGRAMS, 'pg_basebackup'));

export interface StreamingReplica {
  /** The same database on the replica. */
  urlOf(primaryUrl: string): string;
  /** Ends it as a power cut does. */
  stop(): void;
  start(): void;
  /** Ends it and removes its data. */
  remove(): void;
}

/** A hot standby of the server of TEST_DATABASE_URL, on loopback, which streams what that one writes. */
export async function startStreamingReplica(): Promise<StreamingReplica> {
  const primary = new URL(process.env.TEST_DATABASE_URL ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'prodplan-replica-'));
  const account = serverAccount(folder);
  if (account) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const run = (program: string, args: string[]): void => {
    const env = { PATH: process.env.PATH, PGPASSWORD: decodeURIComponent(primary.password) };
    const options = { ...account, cwd: folder, env, encoding: 'utf8', timeout: 60_000 } as const;
    const { status, stderr, error } = spawnSync(join(PROGRAMS, program), args, {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
  };
  const port = await freePort();
  // A standby takes no fewer connections than its primary, which was told on its command line.
  const connections = await admin(primary.toString(), async (client) => {
    const { rows } = await client.query<{ max_connections: string }>('SHOW max_connections');
    return rows[0].max_connections;
  });
  const server = ['-h', primary.hostname, '-p', primary.port || '5432', '-U', decodeURIComponent(primary.username)];
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=${connections}`;
  const start = (): void => run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', settings, 'start']);
  const stop = (): void => run('pg_ctl', ['-D', data, '-w', '-s', '-m', 'immediate', 'stop']);
  const remove = (): void => {
    if (existsSync(join(data, 'postmaster.pid'))) stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    run('pg_basebackup', [...server, '-D', data, '--write-recovery-conf', '--checkpoint=fast', '--no-sync']);
    start();
  } catch (error) {
    remove();
    throw error;
  }
  return {
    urlOf: (primaryUrl) => {
      const url = new URL(primaryUrl);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.toString();
    },
    start,
    stop,
    remove,
  };
}
