import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/common/free-port';

const BUILD = join(__dirname, '../../dist/src');
const START_MS = 60_000;
const LAST_WORDS = 2000;

export type ServerRole = 'api' | 'worker';
/** Serves and works in one process. */
export type ProcessRole = ServerRole | 'all';

/** One process of the product, which can be killed and started again at the same address. */
export class ProductProcess {
  private child: ChildProcess | undefined;

  private constructor(
    readonly role: ProcessRole,
    private readonly port: number,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly logFile: string,
  ) {}

  static async start(role: ProcessRole, environment: NodeJS.ProcessEnv, logDir: string): Promise<ProductProcess> {
    const started = new ProductProcess(role, await freePort(), environment, join(logDir, `${role}.log`));
    await started.start();
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @throws Error when it ends, or answers nothing within a minute */
  async start(): Promise<void> {
    const log = openSync(this.logFile, 'a');
    this.child = spawn(process.execPath, [join(BUILD, 'main.js')], {
      env: { ...this.environment, ROLE: this.role, PORT: String(this.port) },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const deadline = Date.now() + START_MS;
    while (!(await this.answers())) {
      if (!this.alive) throw new Error(`The ${this.role} ended while it started: ${this.logFile}`);
      if (Date.now() > deadline) throw new Error(`The ${this.role} does not answer: ${this.logFile}`);
      await sleep(50);
    }
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || !this.alive) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** The end of its log. */
  async lastWords(): Promise<string> {
    return (await readFile(this.logFile, 'utf8')).slice(-LAST_WORDS).trim();
  }

  private async answers(): Promise<boolean> {
    return fetch(`${this.url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
  }
}

/** How a program of the build ended, and what it said. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a program of the build to its end. @throws Error with what it said when it fails */
export async function runProgram(program: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  const { code, out, err } = await endOfProgram(program, args, environment);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${err.trim()}`);
  return out;
}

/** Runs a program of the build to its end, however it ends. */
export async function endOfProgram(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(BUILD, program), ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.err = (said.err + text).slice(-2000)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

/** The product's defaults: nothing of the caller's settings may change what is tried. */
export function productEnvironment(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, LOG_LEVEL: 'warn', ...settings };
}
