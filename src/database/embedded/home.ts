import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Account, canEnter } from './account';

/** Where the engine keeps its things. */
export interface Home {
  /** Folder of the cluster, its password and the list of processes that use it. */
  dir: string;
  pgdata: string;
}

/**
 * Folders that any account can enter and that outlive a restart of the machine, in order of preference. Needed only
 * when root's DATA_DIR lies below a folder like /root that the server's account cannot enter.
 */
const OUTSIDE = ['/var/lib/prodplan', '/var/tmp/prodplan'];

/** A home in `dir`. */
export function homeIn(dir: string): Home {
  return { dir, pgdata: join(dir, 'pgdata') };
}

/** The first folder outside DATA_DIR that can be made and entered. */
export function outsideDir(): string {
  for (const dir of OUTSIDE) {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o755 });
      chmodSync(dir, 0o755);
      return dir;
    } catch {
      continue;
    }
  }
  throw new Error(`None of ${OUTSIDE.join(', ')} can be written: set DATABASE_URL or another DATA_DIR.`);
}

/**
 * Finds the home of DATA_DIR's engine: DATA_DIR/postgres, or, when the server's account cannot get there, a folder
 * outside that DATA_DIR/postgres/location.json names from then on.
 */
export function findHome(dataDir: string, account: (pgdata: string) => Account | undefined): Home {
  mkdirSync(dataDir, { recursive: true });
  const dir = join(realpathSync(dataDir), 'postgres');
  const pointer = join(dir, 'location.json');
  if (existsSync(pointer)) return homeIn((JSON.parse(readFileSync(pointer, 'utf8')) as { home: string }).home);
  const home = homeIn(dir);
  const runAs = account(home.pgdata);
  if (runAs === undefined || canEnter(runAs, realpathSync(dataDir))) return home;
  if (existsSync(home.pgdata)) {
    throw new Error(
      `The database in ${home.pgdata} belongs to an account (uid ${runAs.uid}) that can no longer enter ${dataDir}: ` +
        'let it enter the folders above, or move DATA_DIR where it can.',
    );
  }
  return pointOutside(dir, pointer);
}

function pointOutside(dir: string, pointer: string): Home {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const home = join(outsideDir(), `cluster-${randomBytes(6).toString('hex')}`);
  const note = 'The server account cannot enter this folder, so the database lives there. Remove both together.';
  const draft = `${pointer}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ home, note }, null, 2) + '\n', { mode: 0o600 });
  try {
    // A link is made whole or not at all: of two processes one wins and both read the same place.
    linkSync(draft, pointer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return homeIn((JSON.parse(readFileSync(pointer, 'utf8')) as { home: string }).home);
}
