import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/common/free-port';

/** A Redis that keeps nothing: what is killed comes back empty, at the same address. */
export class ChaosRedis {
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  /** @returns why not, where there is no redis-server */
  static async start(): Promise<ChaosRedis | string> {
    const redis = new ChaosRedis(await freePort());
    return redis.begin().then(
      () => redis,
      (error: Error) => `redis-server does not start: ${error.message}`,
    );
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`;
  }

  async begin(): Promise<void> {
    const args = ['--bind', '127.0.0.1', '--port', String(this.port), '--save', '', '--appendonly', 'no'];
    const child = spawn('redis-server', args, { stdio: 'ignore', cwd: '/' });
    await once(child, 'spawn');
    this.child = child;
    while (!(await answers(this.port))) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      await sleep(20);
    }
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.destroy() && resolve(true));
    socket.once('error', () => resolve(false));
  });
}
