import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createBlankDatabase, createTestDatabase, type TestDatabase } from '../../support/test-database';

const ROOT = join(__dirname, '../../..');

interface Started {
  child: ChildProcess;
  /** Everything written so far. */
  out: () => string;
  err: () => string;
  /** Resolves with what matched in the standard output; rejects when the process ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with how the process ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** The entry as `npm start` runs it, from the sources. */
function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['-r', '@swc-node/register', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal })) as Started['ended'];
  const says = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(out);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, out: () => out, err: () => err, says, ended };
}

describe('the process', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('says once where it listens, in JSON when nobody watches, serves, and ends cleanly on SIGTERM', async () => {
    const started = start({ DATABASE_URL: database.url });
    const [, url] = await started.says(/Listening on (http:\/\/127\.0\.0\.1:\d+) /);
    for (const line of started.out().trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
    }
    expect(started.out()).toContain(`${url}/docs`);
    expect(started.out()).not.toContain('RouterExplorer');
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(started.err()).not.toMatch(/error/i);
  });

  it('refuses to start on a database without the schema, saying what to run', async () => {
    const blank = await createBlankDatabase();
    const started = start({ DATABASE_URL: blank.url });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err()).toMatch(/^The database lacks \d+ migrations\. Run: npm run migrate$/m);
    await blank.drop();
  });

  it('names the port that is taken, without a stack', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const started = start({ DATABASE_URL: database.url, PORT: String(port) });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err()).toContain(`PORT=${port}: something listens on 127.0.0.1:${port} already.`);
    expect(started.err()).not.toContain('    at ');
    other.close();
  });

  it('stops on a wrong configuration with exactly the words of the specification', async () => {
    const started = start({ DATABASE_URL: 'sqlite:///x.db' });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err().trim()).toBe('DATABASE_URL is required. PostgreSQL 15+ only. SQLite is not supported.');
  });

  it('says in one line that the database cannot be reached', async () => {
    const started = start({ DATABASE_URL: 'postgresql://u:secret@127.0.0.1:1/x' });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.err()).toMatch(/^The database of DATABASE_URL cannot be reached: .*127\.0\.0\.1:1\n$/);
    expect(started.err()).not.toContain('secret');
  });
});
