import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres';
import { tempDataDir } from '../support/temp-data-dir';

// A busy machine needs many times the seconds of a command.
jest.setTimeout(300_000);

const CLI = join(__dirname, '../../dist/src/cli/main.js');

interface Finished {
  code: number | null;
  out: string;
  err: string;
}

/** The command line as its user meets it: the built program, its own DATA_DIR, the embedded PostgreSQL. */
describe('the command line', () => {
  let dir: string;
  let small: string;
  let engine: EmbeddedPostgres | undefined;

  beforeAll(async () => {
    if (!existsSync(CLI)) throw new Error('Build first: npm run build');
    dir = tempDataDir('cli');
    small = join(dir, 'small.xlsx');
    expect((await cli('sample', '--scale', '0.002', '--seed', '7', '--out', small)).code).toBe(0);
  });
  afterAll(async () => {
    await engine?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  function start(args: readonly string[], nodeArgs: readonly string[] = []): ChildProcess {
    const env = { ...process.env, DATABASE_URL: '', REDIS_URL: '', NODE_OPTIONS: '' };
    return spawn(process.execPath, [...nodeArgs, CLI, ...args], { env: { ...env, DATA_DIR: join(dir, 'data') } });
  }

  async function finish(child: ChildProcess): Promise<Finished> {
    let out = '';
    let err = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  }

  const cli = (...args: string[]): Promise<Finished> => finish(start(args));

  it('loads a workbook on a machine that has nothing yet, and prints an account that balances', async () => {
    const { code, out, err } = await cli('ingest', small);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^ +\d+\.\d %  \w+/m) });
    expect(out).toMatch(/^Run 1: COMPLETED$/m);
    expect(out).toMatch(/^ {2}SAMPLE/m);
    // docs/sample-workbook.md: at 0.002, 55 orders, 1,038 phases, 848 assignments, 180 errors and the catalogues' 751
    expect(out).toMatch(/Balanced: all 2,872 rows of 9 sheets are accounted for\./);
    expect(out).toMatch(/^ {2}FasesOrdemFabrico +INVALID_TIME_RANGE +6$/m);
    // Nobody looks at a terminal here: no line is drawn anew.
    expect(err).not.toMatch(/[\r\u001b]/);
    // Each command would start and stop the engine; held here, it is up for all that follow.
    engine = await attachEmbeddedPostgres({ dataDir: join(dir, 'data') });
  });

  it('has nothing to do for the same file, and says which run holds it', async () => {
    const { code, out, err } = await cli('ingest', small, '--json');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('load 1') });
    expect(JSON.parse(out)).toMatchObject({ run_id: 1, status: 'COMPLETED', sample: true });
  });

  it('writes nothing for the same content in another file', async () => {
    const other = join(dir, 'other.xlsx');
    await cli('sample', '--scale', '0.002', '--seed', '7', '--level', '1', '--out', other);
    expect(readFileSync(other).equals(readFileSync(small))).toBe(false);
    const { code, out } = await cli('ingest', other, '--json');
    expect(code).toBe(0);
    for (const sheet of JSON.parse(out).sheets) expect(sheet).toMatchObject({ inserted: 0, updated: 0, absent: 0 });
  });

  it('prints the report of any run later', async () => {
    const first = await cli('report', '1');
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Run 1: COMPLETED$/m);
    const newest = await cli('report', 'latest', '--json');
    expect(JSON.parse(newest.out)).toMatchObject({ workbook: { name: 'other.xlsx' }, status: 'COMPLETED' });
  });

  it('answers 3 while another load runs, and Ctrl-C ends a load in order with 130', async () => {
    const large = join(dir, 'large.xlsx');
    await cli('sample', '--scale', '0.1', '--seed', '8', '--out', large);
    const child = start(['ingest', large]);
    const ended = finish(child);
    // Whether the step before is slow enough to be told is the machine's affair.
    let progress = '';
    while (!progress.includes('extract')) progress += ((await once(child.stderr!, 'data')) as [string])[0];
    // Held still, so that it cannot finish before the other one has been refused.
    child.kill('SIGSTOP');
    const second = await cli('ingest', large);
    expect(second).toMatchObject({ code: 3, out: '', err: expect.stringMatching(/^INGESTION_BUSY: .+\n$/) });
    child.kill('SIGCONT');
    child.kill('SIGINT');
    const { code, out, err } = await ended;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toMatch(/RUN_CANCELLED: .*published data are as before/);
    const { out: report } = await cli('report', 'latest', '--json');
    expect(JSON.parse(report)).toMatchObject({ status: 'CANCELLED', error: { code: 'RUN_CANCELLED' } });
    expect((await cli('ingest', small, '--json')).code).toBe(0);
  });

  it.each([
    ['no file', 'WORKBOOK_NOT_FOUND', () => undefined],
    ['an empty file', 'XLSX_EMPTY_FILE', (path: string) => writeFileSync(path, '')],
    ['a PDF', 'XLSX_NOT_ZIP', (path: string) => writeFileSync(path, '%PDF-1.7\n%âãÏÓ\n')],
    [
      'half a workbook',
      'XLSX_TRUNCATED',
      (path: string) => {
        writeFileSync(path, readFileSync(small));
        truncateSync(path, 30_000);
      },
    ],
  ])('refuses %s with %s, a remedy, no stack and 1', async (name, code, write) => {
    const path = join(dir, `${name}.xlsx`);
    write(path);
    const result = await cli('ingest', path);
    expect({ code: result.code, out: result.out }).toEqual({ code: 1, out: '' });
    const lines = result.err
      .trimEnd()
      .split('\n')
      .filter((line) => !/^ *\d+\.\d %/.test(line));
    expect(lines[0]).toMatch(new RegExp(`^${code}[: ]`));
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(result.err).not.toMatch(/^\s+at /m);
  });

  it.each([
    [[]],
    [['ingest']],
    [['report', 'x']],
    [['nonsense']],
    [['ingest', 'a.xlsx', '--nonsense']],
    [['ingest', 'a.xlsx', '--allow-mass-absence', 'Moldes']],
    [['sample', '--out', 'x.xlsx', '--scale', 'much']],
  ])('does not understand %j: 2', async (args) => {
    const { code, out, err } = await cli(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  it.each([
    ['--help', () => ['--help']],
    ['cells', () => ['cells', small]],
    ['inspect', () => ['inspect', small, '--out', join(dir, 'inspected')]],
    ['sample', () => ['sample', '--scale', '0.0002', '--seed', '1', '--out', join(dir, 'tiny.xlsx')]],
  ])('%s starts neither Nest nor a database', async (_name, args) => {
    const guard = join(dir, 'guard.cjs');
    writeFileSync(
      guard,
      `const Module = require('node:module');
       const load = Module._load;
       Module._load = function (request, ...rest) {
         if (/^(@nestjs\\/core|typeorm|pg|bullmq)$/.test(request)) throw new Error('loaded ' + request);
         return load.call(this, request, ...rest);
       };`,
    );
    const { code, err } = await finish(start(args(), ['--require', guard]));
    expect({ code, loaded: err.includes('loaded') }).toEqual({ code: 0, loaded: false });
  });
});
