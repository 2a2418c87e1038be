import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runJest } from '../jest/run-jest';
import type { SqlFault } from './fault';
import { markOf } from './with-fault';

/** What a server whose log is read here has to be started with. */
export const SERVER_SETTINGS = {
  log_line_prefix: '#%e# ',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/** A spec, as it is or with a fault. */
export interface SpecRun {
  spec: string;
  /** tells the runs with a statement replaced apart; undefined: as it is */
  number?: number;
  fault?: SqlFault;
}

export interface SpecOutcome {
  run: SpecRun;
  /** the tests that failed, or why there were none */
  failed: string[];
  /** SQLSTATE of a faulty statement that PostgreSQL could make no sense of */
  nonsense: string | undefined;
  seconds: number;
}

/** A test that took too long says that the machine is busy and nothing of the fault. */
const TOO_LATE = /Exceeded timeout/;
/** Class 42 of PostgreSQL's codes: no statement at all, or one that names what is not there. */
const NONSENSE = /#(42[0-9A-Z]{3})# +STATEMENT:[^#]*/g;

export interface SpecRunnerOptions {
  /** the copy of the tree */
  root: string;
  serverUrl: string;
  serverLog: string;
  workDir: string;
  signal: AbortSignal;
}

/** Runs specs of test/medium in a copy of the tree, any number of them in one run of Jest, all on one server. */
export class SpecRunner {
  constructor(private readonly options: SpecRunnerOptions) {}

  /** A run with a fault is a spec of its own that replaces the module which reads statements. */
  async run(runs: readonly SpecRun[]): Promise<SpecOutcome[]> {
    const { root, serverUrl, workDir, signal } = this.options;
    const folder = join(root, 'test/medium/sql-faults');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const paths = runs.map((run) => (run.fault === undefined ? specPath(root, run.spec) : this.write(folder, run)));
    const from = this.logSize();
    const { testResults } = await runJest({
      root,
      projects: ['medium'],
      args: ['--runTestsByPath', ...paths, '--maxWorkers', '2', '--cacheDirectory', join(workDir, 'jest-cache')],
      env: { ...process.env, TEST_DATABASE_URL: serverUrl },
      workDir,
      signal,
    });
    const log = this.logSince(from);
    return runs.map((run, place) => {
      const result = testResults.find(({ name }) => name === paths[place]);
      if (result === undefined) throw new Error(`Jest ran no ${basename(paths[place])}.`);
      const { assertionResults, message, startTime, endTime } = result;
      const failed = assertionResults.filter(
        ({ status, failureMessages }) => status === 'failed' && !failureMessages.every((text) => TOO_LATE.test(text)),
      );
      if (run.fault !== undefined && !assertionResults.some(({ status }) => /^(passed|failed)$/.test(status))) {
        throw new Error(`${run.spec} names no test, or does not load: ${message.slice(0, 300)}`);
      }
      return {
        run,
        failed: assertionResults.length === 0 ? [message.slice(0, 300)] : failed.map(({ fullName }) => fullName),
        nonsense: run.number === undefined ? undefined : nonsenseOf(log, run.number),
        seconds: (endTime - startTime) / 1000,
      };
    });
  }

  private write(folder: string, { spec, number, fault }: SpecRun): string {
    const { root } = this.options;
    const [, tests] = spec.split('#') as [string, string?];
    const text = [
      `const { onlyTests, withFault } = require(${JSON.stringify(join(root, 'scripts/sql-faults/with-fault'))});`,
      `const actual = ${JSON.stringify(join(root, 'src/database/sql-file'))};`,
      `const fault = ${JSON.stringify(fault)};`,
      `jest.doMock(actual, () => withFault(jest.requireActual(actual), fault, ${number}));`,
      ...(tests === undefined ? [] : [`onlyTests(${JSON.stringify(tests)});`]),
      `require(${JSON.stringify(specPath(root, spec))});`,
    ];
    const path = join(folder, `fault-${number}.spec.ts`);
    writeFileSync(path, `${text.join('\n')}\n`);
    return path;
  }

  private logSize(): number {
    return statSync(this.options.serverLog, { throwIfNoEntry: false })?.size ?? 0;
  }

  private logSince(from: number): string {
    const text = readFileSync(this.options.serverLog);
    // A log that was set aside meanwhile is read from its beginning.
    return text.subarray(text.length < from ? 0 : from).toString('utf8');
  }
}

function specPath(root: string, spec: string): string {
  return join(root, `test/medium/${fileOf(spec)}.spec.ts`);
}

/** A spec without the tests that are meant. */
export function fileOf(spec: string): string {
  return spec.replace(/#.*/, '');
}

function nonsenseOf(log: string, number: number): string | undefined {
  return [...log.matchAll(NONSENSE)].find(([statement]) => statement.includes(markOf(number)))?.[1];
}
