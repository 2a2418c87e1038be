import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const GIVE_UP_MS = 1_200_000;
const LOOK_MS = 200;

export interface ShellOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** A command that is running; its output is kept. */
export class Running {
  private output = '';
  private readonly begun = performance.now();
  private readonly closed: Promise<unknown>;
  readonly child: ChildProcess;

  constructor(
    private readonly command: readonly [string, ...string[]],
    { cwd, env, signal }: ShellOptions,
  ) {
    signal.throwIfAborted();
    const [program, ...args] = command;
    // A group of its own: what a shell has started ends with it.
    this.child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.closed = once(this.child, 'close');
    signal.addEventListener('abort', () => this.kill(), { once: true });
  }

  /** Since it was started. */
  get seconds(): number {
    return (performance.now() - this.begun) / 1000;
  }

  /** Waits for its end. @throws Error with the end of what it said when it fails */
  async end(): Promise<number> {
    await this.closed;
    if (this.child.exitCode !== 0) throw this.failure(`ended with ${this.child.exitCode ?? this.child.signalCode}`);
    return this.seconds;
  }

  /** Waits until `reached` says so, and tells how long that took. @throws Error when it ends before, or takes twenty minutes */
  async until(reached: (output: string) => Promise<boolean> | boolean): Promise<number> {
    while (!(await reached(this.output))) {
      if (this.child.exitCode !== null) throw this.failure('ended too early');
      if (this.seconds * 1000 > GIVE_UP_MS) throw this.failure('does not get there');
      await sleep(LOOK_MS);
    }
    return this.seconds;
  }

  /** Asks it to end, and waits. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.closed;
  }

  private kill(): void {
    if (this.child.pid !== undefined && this.child.exitCode === null) process.kill(-this.child.pid, 'SIGTERM');
  }

  private failure(what: string): Error {
    return new Error(`${this.command.join(' ')} ${what}: ${this.output.slice(-2000)}`);
  }
}

/** Bytes of a file or of all files below a folder. */
export function bytesOf(path: string): number {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}
