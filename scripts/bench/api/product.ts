import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/common/free-port';

const MAIN = join(__dirname, '../../../src/main.js');
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

export interface ServiceOptions {
  /** compiled program, and what Node is told before it */
  program: string;
  execArgv?: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  signal: AbortSignal;
}

/** A program that runs beside the benchmark until it is stopped. */
export class Service {
  private stderr = '';

  private constructor(
    readonly child: ChildProcess,
    private readonly signal: AbortSignal,
  ) {}

  /** Starts it; what it writes to its standard output is thrown away. */
  static start({ program, execArgv = [], env, cwd, signal }: ServiceOptions): Service {
    signal.throwIfAborted();
    const child = fork(program, [], {
      env,
      cwd,
      execArgv: [...execArgv],
      // Dates and bytes among the values of statements arrive as what they were.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const service = new Service(child, signal);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      service.stderr = (service.stderr + text).slice(-2000);
    });
    return service;
  }

  /** Waits until `isUp` says so. @throws Error with what the program said when it ends before, or never comes up. */
  async waitUntil(isUp: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await isUp())) {
      this.signal.throwIfAborted();
      if (this.hasEnded) throw new Error(`A measured program ended before it answered: ${this.stderr.trim()}`);
      if (Date.now() > deadline) throw new Error(`A measured program does not come up: ${this.stderr.trim()}`);
      await sleep(100);
    }
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const kill = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(kill);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** A running product that answers requests. */
export interface Product {
  origin: string;
  service: Service;
  /** what opens what is protected */
  apiKey: string;
}

export interface ProductOptions {
  environment: NodeJS.ProcessEnv;
  cwd: string;
  cacheEnabled: boolean;
  /** `api` unless it is to do jobs too, or only jobs */
  role?: 'api' | 'all' | 'worker';
  /** a module loaded before the product */
  preload?: string;
  signal: AbortSignal;
}

/**
 * Starts the product as `npm run start:api` does in production: with its defaults, on a free port of this machine, its
 * log thrown away. It answers when this returns.
 */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const apiKey = randomUUID();
  const service = Service.start({
    program: MAIN,
    execArgv: options.preload ? ['-r', options.preload] : [],
    env: {
      ...options.environment,
      HOST: '127.0.0.1',
      PORT: String(port),
      ROLE: options.role ?? 'api',
      NODE_ENV: 'production',
      // Production does not start without a key; reading asks for none.
      API_KEY: apiKey,
      CACHE_ENABLED: String(options.cacheEnabled),
      RATE_LIMIT_READS: '0',
      RATE_LIMIT_COSTLY: '0',
      RATE_LIMIT_WRITES: '0',
    },
    cwd: options.cwd,
    signal: options.signal,
  });
  try {
    await service.waitUntil(() => isHealthy(origin));
    return { origin, service, apiKey };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

async function isHealthy(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/api/health`);
    return response.ok && ((await response.json()) as { db_connected?: boolean }).db_connected === true;
  } catch {
    return false;
  }
}
