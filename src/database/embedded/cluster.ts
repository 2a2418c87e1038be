import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Account, giveTo } from './account';
import { Binaries } from './binaries';
import { Home, homeIn } from './home';
import { processInfo } from './processes';

const run = promisify(execFile);

/** The one user and database of the embedded engine. */
export const ENGINE_USER = 'prodplan';
export const ENGINE_DATABASE = 'prodplan';

/** The caller's LANG and LC_* must not decide how text sorts or in which language errors come. */
export const ENGINE_ENVIRONMENT = { LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };

/**
 * Makes the cluster when the home is missing or empty; a home that holds anything is never written over.
 * It is made beside the home and renamed into place, so a home is whole or absent, and of two processes that start at
 * once the slower one throws its own away.
 * @throws Error when the home holds files but no cluster, or one of another major version.
 */
export async function ensureCluster(home: Home, binaries: Binaries, account: Account | undefined): Promise<void> {
  const versionFile = join(home.pgdata, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    const found = existsSync(home.dir) ? readdirSync(home.dir) : [];
    if (found.length > 0) {
      throw new Error(
        `${home.dir} is not empty and holds no database (${found.slice(0, 3).join(', ')}): ` +
          'move its files away or choose another DATA_DIR.',
      );
    }
    removeAbandonedDrafts(home);
    await initialise(home, binaries, account);
  }
  const major = readFileSync(versionFile, 'utf8').trim();
  if (major !== binaries.major) {
    throw new Error(
      `The database in ${home.pgdata} was made by PostgreSQL ${major} and this program brings ${binaries.major}: ` +
        `move ${home.dir} away and load the workbook again, or start with the version that made it.`,
    );
  }
  // A copied folder belongs to whoever copied it; PostgreSQL starts only in one that belongs to its account.
  if (account && statSync(home.pgdata).uid !== account.uid) giveTo(account, home.pgdata);
}

/** The password of ENGINE_USER. */
export function readPassword(home: Home): string {
  return readFileSync(join(home.dir, 'password'), 'utf8').trim();
}

async function initialise(home: Home, binaries: Binaries, account: Account | undefined): Promise<void> {
  mkdirSync(dirname(home.dir), { recursive: true });
  const draft = homeIn(`${home.dir}.init-${process.pid}-${randomBytes(3).toString('hex')}`);
  mkdirSync(draft.pgdata, { recursive: true });
  // Past any umask: the server's account has to pass through the home; what is secret in it has modes of its own.
  chmodSync(draft.dir, 0o711);
  chmodSync(draft.pgdata, 0o700);
  const password = randomBytes(24).toString('base64url');
  const handover = join(draft.pgdata, '..', 'initdb-password');
  writeFileSync(join(draft.dir, 'password'), password + '\n', { mode: 0o600 });
  writeFileSync(handover, password + '\n', { mode: 0o600 });
  if (account) for (const path of [draft.pgdata, handover]) giveTo(account, path);
  try {
    const options = [
      `--pgdata=${draft.pgdata}`,
      `--username=${ENGINE_USER}`,
      `--pwfile=${handover}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // The builtin provider knows upper and lower case beyond ASCII and is the same on every machine.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ];
    await run(binaries.initdb, options, { ...account, cwd: '/', env: ENGINE_ENVIRONMENT });
    rmSync(handover);
    renameSync(draft.dir, home.dir);
  } catch (error) {
    rmSync(draft.dir, { recursive: true, force: true });
    if (existsSync(join(home.pgdata, 'PG_VERSION'))) return;
    throw new Error(`The embedded PostgreSQL could not be initialised in ${home.dir}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function removeAbandonedDrafts(home: Home): void {
  const parent = dirname(home.dir);
  if (!existsSync(parent)) return;
  const prefix = `${basename(home.dir)}.init-`;
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (!processInfo(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}
