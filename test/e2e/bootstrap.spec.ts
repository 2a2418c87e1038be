import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../src/common/free-port';
import { attachEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';
import { tempDataDir } from '../support/temp-data-dir';

const ROOT = join(__dirname, '../..');
const SCRIPT = join(ROOT, 'scripts/bootstrap.sh');
const MINUTE = 60_000;

interface Ended {
  code: number | null;
  output: string;
}

/** Command lines of living processes that mention the folder: the embedded server and whoever serves from it. */
function processesOf(dir: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return command.includes(dir) ? [command] : [];
    } catch {
      return [];
    }
  });
}

describe('scripts/bootstrap.sh', () => {
  let dataDir: string;
  let port: number;
  let running: ChildProcess | undefined;

  function start(args: string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
    // A session of its own, as a terminal gives it, and another folder than the project's.
    const child = spawn(SCRIPT, args, {
      cwd: tmpdir(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir, PORT: String(port), ...env },
    });
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, output })));
    return { child, ended };
  }

  async function health(): Promise<Record<string, unknown>> {
    let found: unknown;
    for (let attempt = 0; attempt < 1800; attempt += 1) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/api/health`);
        const answer = (await response.json()) as Record<string, unknown>;
        // A database that does not answer within 1.2 s counts as down, which a busy machine may make of this one.
        if (answer.status === 'healthy') return answer;
        found = answer;
      } catch (error) {
        found = error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The service was not healthy within three minutes.', { cause: found });
  }

  async function rows(text: string): Promise<unknown[]> {
    const engine = await attachEmbeddedPostgres({ dataDir });
    const client = new pg.Client({ connectionString: engine.url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
      await engine.close();
    }
  }

  const RUNS = 'SELECT run_id, status, sample, rows_extracted FROM ops.ingestion_runs ORDER BY run_id';
  const PUBLISHED = 'SELECT version, run_id, published_at FROM ops.ops_cache_version';

  beforeAll(() => {
    // Otherwise the script would install and build in the middle of a test.
    execFileSync('bash', ['-c', '. scripts/prepare.sh && [ "$(cat dist/.stamp)" = "$(build_stamp)" ]'], { cwd: ROOT });
    dataDir = tempDataDir('bootstrap');
  });
  // Anew each time: what is free now may be taken by anybody in the minutes of the other tests.
  beforeEach(async () => {
    port = await freePort();
  });

  afterEach(() => {
    if (running?.exitCode !== null || running.signalCode !== null) return;
    process.kill(-(running.pid ?? 0), 'SIGKILL');
  });

  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it(
    'brings an empty folder to a loaded database, shows both verdicts, and leaves nothing running',
    async () => {
      const { code, output } = await start(['--sample', '--no-serve']).ended;
      expect(output).toContain('Prerequisites\n');
      expect(output).toMatch(/OK {4}PostgreSQL 15\+ +18\./);
      expect(output).toContain('Release gate: PASSED');
      expect(code).toBe(0);
      expect(existsSync(join(dataDir, 'sample/Folha_IA_sample.xlsx'))).toBe(true);
      expect(processesOf(dataDir)).toEqual([]);
      expect(await rows(RUNS)).toEqual([expect.objectContaining({ status: 'COMPLETED', sample: true })]);
    },
    6 * MINUTE,
  );

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'starts again without changing anything, serves, and stops everything on %s',
    async (signal) => {
      const before = [await rows(RUNS), await rows(PUBLISHED)];
      const { child, ended } = start(['--sample']);
      expect(await health()).toMatchObject({ status: 'healthy', db_connected: true, sample: true });
      // To the script's own process, as a supervisor would; Ctrl-C reaches every process of the terminal.
      if (signal === 'SIGINT') process.kill(-(child.pid ?? 0), signal);
      else child.kill(signal);
      await ended;
      expect(processesOf(dataDir)).toEqual([]);
      await expect(fetch(`http://127.0.0.1:${port}/api/health`)).rejects.toThrow();
      expect([await rows(RUNS), await rows(PUBLISHED)]).toEqual(before);
    },
    5 * MINUTE,
  );

  it(
    'stops what it started when it is ended while it still prepares',
    async () => {
      const { child, ended } = start(['--sample', '--no-serve']);
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (processesOf(dataDir).length === 0) return;
          clearInterval(timer);
          resolve();
        }, 10);
      });
      child.kill('SIGTERM');
      expect((await ended).code).toBe(143);
      expect(processesOf(dataDir)).toEqual([]);
    },
    2 * MINUTE,
  );

  it('says exactly what the specification says when there is no PostgreSQL to use', async () => {
    const { code, output } = await start(['--no-serve'], { EMBEDDED_POSTGRES: 'false' }).ended;
    expect(output).toBe('DATABASE_URL is required. PostgreSQL 15+ only. SQLite is not supported.\n');
    expect(code).toBe(1);
  });

  it('does not start on a port that is taken, and says what to do', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const { code, output } = await start(['--sample']).ended;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(output).toMatch(/FAIL {2}PORT +listen EADDRINUSE/);
    expect(output).toContain('stop what listens there, or set PORT');
    expect(code).toBe(1);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('refuses an option it does not know', async () => {
    const { code, output } = await start(['--smaple']).ended;
    expect(output).toContain('Unknown option --smaple. Use: bootstrap.sh [--sample] [--no-serve]');
    expect(code).toBe(1);
  });
});
