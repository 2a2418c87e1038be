import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '../../common/domain-error';
import { Metrics } from '../../common/metrics';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import type { KnownModel } from '../model/models.service';
import type { NormalRequest } from '../requests/normal-request';
import type { ComputedAnswer } from './compute-answer';
import type { ThreadQuestion, ThreadReply } from './simulation-thread';

const PROGRAM = join(__dirname, 'simulation-thread');

/** Too many scenarios wait already: 429. */
export class TooManyScenariosError extends DomainError {
  constructor(limit: number) {
    super(`${limit} scenarios wait to be simulated already. Ask again in a moment.`, {
      code: 'TOO_MANY_REQUESTS',
      httpStatus: 429,
    });
  }
}

interface Task {
  /** Whether somebody waits for the answer: those are bounded. */
  readonly isAsked: boolean;
  readonly model: KnownModel;
  readonly request: NormalRequest;
  readonly signal: AbortSignal;
  readonly resolve: (answer: ComputedAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** What its signal calls while it waits. */
  readonly leave: () => void;
}

interface Thread {
  readonly worker: Worker;
  dataVersion: string | undefined;
}

/**
 * Threads that simulate, started when they are needed and kept: a model is sent to each once. Beyond them questions wait
 * in a bounded line. A question that nobody waits for any more leaves the line, or ends with its thread.
 *
 * Jobs wait their turn in the same line, and are never refused: a process works on as many at once as their queue allows,
 * one scenario each, which bounds them. First come, first served: neither can keep the other waiting for ever.
 */
@Injectable()
export class SimulationPool implements OnApplicationShutdown {
  private readonly idle: Thread[] = [];
  private readonly busy = new Set<Thread>();
  private readonly line: Task[] = [];

  constructor(
    metrics: Metrics,
    @Inject(ENV) private readonly env: Pick<Env, 'whatifThreads' | 'whatifQueueLimit' | 'factoryTz'>,
  ) {
    metrics.gauges(
      'whatif',
      {
        scenarios: {
          name: 'whatif_scenarios',
          help: 'Scenarios of this process by state: running, asked (waiting, bounded by WHATIF_QUEUE_LIMIT), job (waiting parts of sweeps).',
          labelNames: ['state'],
        },
      },
      () => ({
        scenarios: [
          { labels: { state: 'running' }, value: this.busy.size },
          { labels: { state: 'asked' }, value: this.waiting(true) },
          { labels: { state: 'job' }, value: this.waiting(false) },
        ],
      }),
    );
  }

  /**
   * A question that somebody waits for.
   *
   * @throws TooManyScenariosError when the line is full
   * @throws the signal's reason once it is aborted
   */
  ask(model: KnownModel, request: NormalRequest, signal: AbortSignal): Promise<ComputedAnswer> {
    if (this.waiting(true) >= this.env.whatifQueueLimit) throw new TooManyScenariosError(this.env.whatifQueueLimit);
    return this.wait(true, model, request, signal);
  }

  /**
   * A scenario of a job, which waits its turn however long the line is.
   *
   * @throws the signal's reason once it is aborted
   */
  askForJob(model: KnownModel, request: NormalRequest, signal: AbortSignal): Promise<ComputedAnswer> {
    return this.wait(false, model, request, signal);
  }

  private waiting(isAsked: boolean): number {
    return this.line.filter((task) => task.isAsked === isAsked).length;
  }

  private wait(
    isAsked: boolean,
    model: KnownModel,
    request: NormalRequest,
    signal: AbortSignal,
  ): Promise<ComputedAnswer> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.line.splice(this.line.indexOf(task), 1);
        reject(signal.reason as Error);
      };
      const task: Task = { isAsked, model, request, signal, resolve, reject, leave };
      signal.addEventListener('abort', leave, { once: true });
      this.line.push(task);
      this.next();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const threads = [...this.idle.splice(0), ...this.busy];
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  private next(): void {
    while (this.line.length > 0) {
      const thread = this.idle.pop() ?? (this.busy.size < this.env.whatifThreads ? startThread() : undefined);
      if (thread === undefined) return;
      const task = this.line.shift()!;
      // A job's signal lives as long as its process: what waited must not stay with it.
      task.signal.removeEventListener('abort', task.leave);
      this.busy.add(thread);
      this.run(thread, task).then(
        (isAlive) => this.release(thread, isAlive),
        () => this.release(thread, false),
      );
    }
  }

  private release(thread: Thread, isAlive: boolean): void {
    this.busy.delete(thread);
    if (isAlive) this.idle.push(thread);
    this.next();
  }

  /** Settles the task; answers whether the thread can be used again. */
  private run(thread: Thread, { model, request, signal, resolve, reject }: Task): Promise<boolean> {
    const { worker } = thread;
    return new Promise((done) => {
      const end = (isAlive: boolean): void => {
        worker.removeAllListeners();
        signal.removeEventListener('abort', abort);
        // Unheard, an error of a thread that ends, or waits for work, would end the process.
        worker.on('error', () => undefined);
        done(isAlive);
      };
      const abort = (): void => {
        reject(signal.reason);
        void worker.terminate();
        end(false);
      };
      worker.removeAllListeners();
      worker.once('message', (reply: ThreadReply) => {
        if ('answer' in reply) resolve(reply.answer);
        else reject(new Error(reply.failure));
        end(true);
      });
      worker.once('error', (error) => {
        reject(error);
        end(false);
      });
      worker.once('exit', (code) => {
        reject(new Error(`The thread of a simulation ended with ${code}.`));
        end(false);
      });
      signal.addEventListener('abort', abort, { once: true });
      const { dataVersion, text } = model;
      const question: ThreadQuestion = {
        ...{ dataVersion, factoryTz: this.env.factoryTz, request },
        ...(thread.dataVersion === dataVersion ? {} : { model: text }),
      };
      thread.dataVersion = dataVersion;
      worker.postMessage(question);
    });
  }
}

function startThread(): Thread {
  const isBuilt = existsSync(`${PROGRAM}.js`);
  const worker = new Worker(isBuilt ? `${PROGRAM}.js` : `${PROGRAM}.ts`, {
    execArgv: isBuilt ? undefined : ['--require', '@swc-node/register'],
  });
  worker.unref();
  return { worker, dataVersion: undefined };
}
