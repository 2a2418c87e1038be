import { ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { serverAccount } from '../../../src/database/embedded/account';
import { findBinaries, packagedEngine } from '../../../src/database/embedded/binaries';
import { attachEmbeddedPostgres, EmbeddedPostgres } from '../../../src/database/embedded/embedded-postgres';
import { processInfo } from '../../../src/database/embedded/processes';
import { tempDataDir } from '../../support/temp-data-dir';
import { until } from '../../support/until';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

const FAST = { fsync: 'off', shared_buffers: '16MB' };
const asRoot = process.getuid?.() === 0 ? it : it.skip;

interface Answer {
  url: string;
  pid: number;
  started: boolean;
}

/** engine-process.ts in a process of its own. */
class EngineProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly answer: Promise<Answer>,
    readonly ended: Promise<number | NodeJS.Signals | null>,
  ) {}

  static start(dataDir: string, env: NodeJS.ProcessEnv = {}): EngineProcess {
    const entry = join(__dirname, '../../support/engine-process.ts');
    const child = spawn(process.execPath, ['-r', '@swc-node/register', entry, dataDir], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    });
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
      child.once('exit', (code, signal) => resolve(code ?? signal));
    });
    const answer = new Promise<Answer>((resolve, reject) => {
      createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line) as Answer));
      void ended.then((code) => reject(new Error(`The process ended with ${code} before it had the engine.`)));
    });
    // A test that awaits only the end must not fail by the answer that never came.
    answer.catch(() => undefined);
    return new EngineProcess(child, answer, ended);
  }

  async tell(word: 'close' | 'exit'): Promise<void> {
    this.child.stdin?.write(`${word}\n`);
    await this.ended;
  }

  async kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 500 && processInfo(pid); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return processInfo(pid) === undefined;
}

describe('the embedded engine', () => {
  let dataDir: string;
  const outside: string[] = [];
  const attach = (): Promise<EmbeddedPostgres> => attachEmbeddedPostgres({ dataDir, settings: FAST });

  beforeEach(() => {
    dataDir = tempDataDir('engine');
  });

  afterEach(() => {
    for (const dir of [dataDir, ...outside.splice(0)]) rmSync(dir, { recursive: true, force: true });
  });

  it('keeps its data between starts, and starts the second time within 2 seconds', async () => {
    const beginFirst = performance.now();
    const first = await attach();
    const firstMs = performance.now() - beginFirst;
    expect(first.started).toBe(true);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.close();
    expect(processInfo(first.pid)).toBeUndefined();

    // The first one has a cluster to make: where that takes long, the machine is slow. It may also stand still once.
    const withinMs = Math.max(2_000, firstMs / 2);
    let quickest = Infinity;
    for (let tries = 0; tries < 3 && quickest >= withinMs; tries += 1) {
      const begin = performance.now();
      const second = await attach();
      quickest = Math.min(quickest, performance.now() - begin);
      expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      await second.close();
    }
    expect(quickest).toBeLessThan(withinMs);
  });

  it('listens on loopback only, with a password only its owner can read, and is set up for this product', async () => {
    const engine = await attach();
    expect(statSync(join(dataDir, 'postgres/password')).mode & 0o777).toBe(0o600);
    const [shown] = await query<Record<string, string>>(
      engine.url,
      `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
              current_setting('wal_level') AS wal, current_setting('max_wal_senders') AS senders,
              current_setting('max_wal_size') AS size, current_setting('jit') AS jit,
              current_setting('lc_messages') AS messages, current_setting('server_encoding') AS encoding,
              lower('ÇÃO') AS lower`,
    );
    expect(shown).toEqual({
      addresses: '127.0.0.1',
      sockets: '',
      wal: 'minimal',
      senders: '0',
      size: '4GB',
      jit: 'off',
      messages: 'C',
      encoding: 'UTF8',
      lower: 'ção',
    });
    const wrong = new URL(engine.url);
    wrong.password = 'guess';
    await expect(query(wrong.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await engine.close();
    expect(readFileSync(join(dataDir, 'logs/postgres.log'), 'utf8')).toContain('database system is shut down');
  });

  it('is one server for all processes, and stops with the last of them, whoever started it', async () => {
    const starter = EngineProcess.start(dataDir);
    const { pid, started } = await starter.answer;
    expect(started).toBe(true);
    const joined = EngineProcess.start(dataDir);
    expect(await joined.answer).toMatchObject({ pid, started: false });

    const third = await attach();
    await third.close();
    expect(processInfo(pid)).toBeDefined();
    await starter.tell('close');
    expect(processInfo(pid)).toBeDefined();
    await joined.tell('close');
    expect(processInfo(pid)).toBeUndefined();
  });

  it('is one server when two processes start at once in an empty folder', async () => {
    const both = [EngineProcess.start(dataDir), EngineProcess.start(dataDir)];
    const [one, two] = await Promise.all(both.map((process) => process.answer));
    expect(one.pid).toBe(two.pid);
    expect(one.url).toBe(two.url);
    expect([one.started, two.started].sort()).toEqual([false, true]);
    await Promise.all(both.map((process) => process.tell('close')));
    expect(processInfo(one.pid)).toBeUndefined();
  });

  it('takes over the server whose starter was killed, and stops it', async () => {
    const starter = EngineProcess.start(dataDir);
    const { pid } = await starter.answer;
    await starter.kill('SIGKILL');
    expect(processInfo(pid)).toBeDefined();

    const next = await attach();
    expect(next).toMatchObject({ pid, started: false });
    await next.close();
    expect(processInfo(pid)).toBeUndefined();
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with a process that gets %s', async (signal) => {
    const starter = EngineProcess.start(dataDir);
    const { pid } = await starter.answer;
    expect(await starter.kill(signal)).toBe(signal);
    expect(processInfo(pid)).toBeUndefined();
  });

  it('ends with a process that calls process.exit', async () => {
    const starter = EngineProcess.start(dataDir);
    const { pid } = await starter.answer;
    await starter.tell('exit');
    expect(await gone(pid)).toBe(true);
  });

  it('gives up within seconds what a client that was killed had asked for, and lets go of its locks', async () => {
    const engine = await attach();
    await query(engine.url, 'CREATE TABLE wanted (n int)');
    const killed = new pg.Client({ connectionString: engine.url });
    killed.on('error', () => undefined);
    await killed.connect();
    await killed.query('BEGIN');
    await killed.query('LOCK TABLE wanted');
    killed.query('SELECT pg_sleep(170)').catch(() => undefined);
    (killed as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    const held = `SELECT FROM pg_locks WHERE relation = 'wanted'::regclass AND mode = 'AccessExclusiveLock'`;
    await until(async () => (await query(engine.url, held)).length === 0);
    await engine.close();
  });

  it('recovers what was committed when the server is killed', async () => {
    const first = await attach();
    await query(first.url, 'CREATE TABLE committed AS SELECT generate_series(1, 1000) AS n');
    process.kill(first.pid, 'SIGKILL');
    expect(await gone(first.pid)).toBe(true);

    const second = await attach();
    expect(second.started).toBe(true);
    expect(await query(second.url, 'SELECT count(*)::int AS n FROM committed')).toEqual([{ n: 1000 }]);
    await second.close();
    await first.close();
    expect(processInfo(second.pid)).toBeUndefined();
  });

  it('is not kept from starting by a postmaster.pid whose pid is now another process', async () => {
    const first = await attach();
    const pidFile = join(dataDir, 'postgres/pgdata/postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await first.close();
    writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));

    const second = await attach();
    expect(second.started).toBe(true);
    await second.close();
  });

  it('does not care for the locale of whoever starts it', async () => {
    const process = EngineProcess.start(dataDir, { LANG: 'pt_PT.ISO-8859-1', LC_ALL: 'xx_XX', LANGUAGE: 'pt' });
    const { url } = await process.answer;
    const [row] = await query<{ low: string }>(url, `SELECT upper('água') AS low`);
    expect(row.low).toBe('ÁGUA');
    await expect(query(url, 'SELECT 1/0')).rejects.toThrow('division by zero');
    await process.tell('close');
  });

  it('does not write into a folder that holds something else', async () => {
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres/notes.txt'), 'mine');
    await expect(attach()).rejects.toThrow(/is not empty and holds no database \(notes\.txt\)/);
    expect(readFileSync(join(dataDir, 'postgres/notes.txt'), 'utf8')).toBe('mine');
  });

  it('refuses the data of another major version and says which', async () => {
    mkdirSync(join(dataDir, 'postgres/pgdata'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres/pgdata/PG_VERSION'), '12\n');
    await expect(attach()).rejects.toThrow(/was made by PostgreSQL 12 and this program brings 18/);
  });

  asRoot('runs as another account, and keeps its data where that account can go', async () => {
    const closed = join(dataDir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    dataDir = join(closed, 'data');
    const first = await attach();
    const { home } = JSON.parse(readFileSync(join(dataDir, 'postgres/location.json'), 'utf8')) as { home: string };
    outside.push(home, closed);
    expect(existsSync(join(home, 'pgdata/PG_VERSION'))).toBe(true);
    expect(statSync(join(home, 'pgdata')).uid).not.toBe(0);
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await first.close();

    const second = await attach();
    expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    await second.close();
  });

  asRoot('copies the programs, once, when its account cannot reach node_modules', () => {
    const packaged = packagedEngine();
    const closed = join(dataDir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const native = join(closed, 'native');
    cpSync(packaged.native, native, { recursive: true, verbatimSymlinks: true });
    const cache = join(dataDir, 'cache');
    const account = serverAccount(join(dataDir, 'no-cluster-yet'));
    const find = (): string => findBinaries(account, () => cache, { ...packaged, native }).postgres;

    expect(find()).toBe(join(cache, `postgresql-${packaged.version}`, 'bin/postgres'));
    const made = statSync(find()).mtimeMs;
    expect(statSync(find()).mtimeMs).toBe(made);
  });
});
