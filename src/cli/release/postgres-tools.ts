import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config/env';
import { CliError } from '../cli-error';

/** Where Debian keeps the programs of each version, most of them outside PATH. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * Finds a program of PostgreSQL's that knows the server's version: one of PATH, else the oldest of Debian's that does.
 * @throws CliError NO_POSTGRES_TOOLS naming what to install: the embedded engine comes without these programs
 */
export function findTool(name: 'pg_dump' | 'pg_restore', serverMajor: number): string {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(a) - Number(b)) : [];
  const candidates = [name, ...debian.map((version) => join(DEBIAN, version, 'bin', name))];
  const versions = candidates.map((program) => ({ program, major: majorOf(program) }));
  const found = versions.find(({ major }) => major !== undefined && major >= serverMajor);
  if (found) return found.program;
  const there = versions.flatMap(({ major }) => (major === undefined ? [] : [major]));
  throw new CliError(
    'NO_POSTGRES_TOOLS',
    `${name} of PostgreSQL ${serverMajor} or newer is needed, and ${there.length === 0 ? 'there is none' : `this machine has ${there.join(', ')}`}.`,
    `Install PostgreSQL's client programs (Debian: postgresql-client-${serverMajor}); the embedded engine comes without them.`,
  );
}

function majorOf(program: string): number | undefined {
  const { stdout, status } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1];
  return status === 0 && major !== undefined ? Number(major) : undefined;
}

/** Runs a program on the database; the password goes through the environment, which no list of processes shows. */
export async function runTool(program: string, args: readonly string[], databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  const child = spawn(program, [...args, `--dbname=${url.toString()}`], {
    env: childEnvironment(password === '' ? {} : { PGPASSWORD: password }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new CliError('POSTGRES_TOOL_FAILED', `${program} ended with ${code}: ${said.trim()}`);
}
