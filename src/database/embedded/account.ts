import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The numbers of the account the server runs under. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. As root this is the account to run it under: the one that already owns the data,
 * else `postgres`, else `nobody` (no account is created: that would change the machine, and needs tools that slim
 * images do not have). Undefined when this process is not root: the server then runs as its user.
 * @throws Error when root finds neither account.
 */
export function serverAccount(pgdata: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(pgdata)) {
    const owner = statSync(pgdata);
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  // initdb looks its own uid up, so a number without an entry would not do.
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const entry = accounts.find((fields) => fields[0] === name);
    if (entry && Number(entry[2]) > 0) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root and there is neither a user postgres nor a user nobody to run it as: ' +
      'start as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether the account can enter the folder; tried, not computed, so that ACLs and mounts count too. */
export function canEnter(account: Account, folder: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' });
  return status === 0;
}

/** Whether the account can run this program. */
export function canRun(account: Account, program: string): boolean {
  return spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Gives a folder and all in it to the account. */
export function giveTo(account: Account, path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  if (stat.uid !== account.uid || stat.gid !== account.gid) chownSync(path, account.uid, account.gid);
  if (stat.isDirectory()) for (const name of readdirSync(path)) giveTo(account, join(path, name));
}
