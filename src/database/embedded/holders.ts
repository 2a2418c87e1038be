import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from './home';
import { processInfo } from './processes';

/** One process's claim on the server; a process may hold several. */
export interface Claim {
  /** Gives the claim back. Whoever lets go last has to stop the server: see announceStop. */
  release(): void;
}

let sequence = 0;

/**
 * Says that this process uses the server of this home. A claim is a file named by pid and holding the process's start
 * time, so that one left behind by kill -9 counts for nothing, even when its pid is given again.
 */
export function claim(home: Home): Claim {
  const dir = holdersDir(home);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  sequence += 1;
  const file = join(dir, `${process.pid}.${sequence}`);
  writeFileSync(file, processInfo(process.pid)?.startedAt ?? '', { mode: 0o600 });
  return { release: () => rmSync(file, { force: true }) };
}

/**
 * Marks that this process is stopping the server, and tells whether it may: only when nobody holds it any more. With the claim this is the two-flag
 * rule of Dekker: a newcomer writes its claim and then looks for the mark, the leaver writes the mark and then looks
 * for claims, so at least one of them sees the other.
 */
export function announceStop(home: Home): boolean {
  const startedAt = processInfo(process.pid)?.startedAt ?? '';
  writeFileSync(stopFile(home), `${process.pid} ${startedAt}`, { mode: 0o600 });
  if (!othersHold(holdersDir(home))) return true;
  rmSync(stopFile(home), { force: true });
  return false;
}

/** Takes the mark of announceStop away. */
export function stopIsOver(home: Home): void {
  rmSync(stopFile(home), { force: true });
}

/** Whether a living process is stopping the server at this moment. */
export function isBeingStopped(home: Home): boolean {
  try {
    const [pid, startedAt] = readFileSync(stopFile(home), 'utf8').split(' ');
    return processInfo(Number(pid))?.startedAt === startedAt;
  } catch {
    return false;
  }
}

function othersHold(dir: string): boolean {
  let others = false;
  for (const name of readdirSync(dir)) {
    const file = join(dir, name);
    if (isAlive(file, Number(name.split('.')[0]))) others = true;
    else rmSync(file, { force: true });
  }
  return others;
}

function isAlive(file: string, pid: number): boolean {
  const info = processInfo(pid);
  if (!info) return false;
  try {
    const startedAt = readFileSync(file, 'utf8');
    // Empty: its process is writing it at this moment.
    return startedAt === '' || startedAt === info.startedAt;
  } catch {
    return false;
  }
}

function holdersDir(home: Home): string {
  return join(home.dir, 'holders');
}

function stopFile(home: Home): string {
  return join(home.dir, 'stopping');
}
