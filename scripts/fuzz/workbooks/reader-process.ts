import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer, Outcome, ReadRequest } from './reading';

/** The longest that a reading may take. */
export const PATIENCE_MS = 10_000;

interface Reply {
  /** of the request that it answers: a reader may also fail after its answer */
  id: number;
  answer: Answer;
  peakBytes: number;
}

/** One reader in a process of its own; a new process comes in the place of one that crashed or hung. */
export class ReaderProcess {
  private child: ChildProcess | undefined;
  private stderr = '';
  private asked = 0;

  /** @param program the compiled program beside this one, such as `own-reader.js` */
  constructor(
    private readonly program: string,
    private readonly execArgv: readonly string[] = [],
  ) {}

  /** Reads one workbook; the next may be asked for when this one is answered. */
  async ask(request: Omit<ReadRequest, 'id'>): Promise<Outcome> {
    if (this.child && hasEnded(this.child)) this.child = undefined;
    const child = (this.child ??= this.start());
    const begun = performance.now();
    const reply = await this.reply(child, { ...request, id: (this.asked += 1) });
    const seconds = (performance.now() - begun) / 1000;
    if (typeof reply !== 'string') return { ...reply.answer, seconds, peakBytes: reply.peakBytes };
    await this.end();
    if (reply === 'hung') return { kind: 'hung', seconds, peakBytes: NaN };
    return { kind: 'crashed', error: this.stderr.trim(), seconds, peakBytes: NaN };
  }

  /** Ends the process, if one runs. */
  async end(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  private start(): ChildProcess {
    this.stderr = '';
    const child = fork(join(__dirname, this.program), [], {
      execArgv: [...this.execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-1000);
    });
    return child;
  }

  private reply(child: ChildProcess, request: ReadRequest): Promise<Reply | 'hung' | 'crashed'> {
    return new Promise((resolve) => {
      const settle = (result: Reply | 'hung' | 'crashed'): void => {
        clearTimeout(patience);
        child.off('message', onMessage).off('exit', onExit);
        resolve(result);
      };
      const onMessage = (reply: Reply): void => {
        if (reply.id === request.id) settle(reply);
      };
      const onExit = (): void => settle('crashed');
      const patience = setTimeout(() => settle('hung'), PATIENCE_MS);
      child.on('message', onMessage).on('exit', onExit);
      child.send(request);
    });
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
