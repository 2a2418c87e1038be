import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Answer, Outcome, ReadRequest } from './reading';

/** The longest that a reading may take. */
export const PATIENCE_MS = 10_000;
/** The longest that a process may take until it can read, which is no part of a reading, and until it has ended. */
const START_MS = 60_000;
const END_MS = 5_000;

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

  /** @param program the compiled program beside this one, such as `own-reader.js`: it sends `ready` when it can be asked */
  constructor(
    private readonly program: string,
    private readonly execArgv: readonly string[] = [],
  ) {}

  /** Reads one workbook; the next may be asked for when this one is answered. */
  async ask(request: Omit<ReadRequest, 'id'>): Promise<Outcome> {
    if (this.child && hasEnded(this.child)) this.child = undefined;
    const child = (this.child ??= await this.start());
    const id = (this.asked += 1);
    const begun = performance.now();
    const coming = message<Reply>(child, (reply) => reply.id === id, PATIENCE_MS);
    // That nobody is there any more is heard of by its end.
    child.send({ ...request, id }, () => undefined);
    const reply = await coming;
    const seconds = (performance.now() - begun) / 1000;
    if (typeof reply !== 'string') return { ...reply.answer, seconds, peakBytes: reply.peakBytes };
    this.child = undefined;
    await killed(child);
    if (reply === 'hung') return { kind: 'hung', seconds, peakBytes: NaN };
    return { kind: 'crashed', error: this.stderr.trim(), seconds, peakBytes: NaN };
  }

  /** What is wrong with a process that ended by itself after its last answer; undefined where it did not. */
  lateEnd(): string | undefined {
    return this.child && hasEnded(this.child) ? this.describeEnd(this.child) : undefined;
  }

  /** Lets the process end, if there is one. Gives what is wrong with its end, the one by itself included. */
  async end(): Promise<string | undefined> {
    const { child } = this;
    if (!child) return undefined;
    const late = this.lateEnd();
    this.child = undefined;
    if (late !== undefined) return late;
    if (child.connected) child.disconnect();
    if ((await message(child, () => false, END_MS)) === 'hung') {
      await killed(child);
      return 'does not let the process end';
    }
    return child.exitCode === 0 ? undefined : this.describeEnd(child);
  }

  private describeEnd({ exitCode, signalCode }: ChildProcess): string {
    return `ends the process after its answer (${signalCode ?? exitCode}): ${this.stderr.trim()}`;
  }

  private async start(): Promise<ChildProcess> {
    this.stderr = '';
    const child = fork(join(__dirname, this.program), [], {
      execArgv: [...this.execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-1000);
    });
    await message(child, (text) => text === 'ready', START_MS);
    return child;
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await message(child, () => false, END_MS);
}

/** The first message that is meant; or that the process ended before, or neither within the time. */
function message<T>(
  child: ChildProcess,
  isMeant: (message: T) => boolean,
  patienceMs: number,
): Promise<T | 'hung' | 'crashed'> {
  return new Promise((resolve) => {
    if (hasEnded(child)) return resolve('crashed');
    const settle = (result: T | 'hung' | 'crashed'): void => {
      clearTimeout(patience);
      child.off('message', onMessage).off('exit', onExit);
      resolve(result);
    };
    const onMessage = (sent: T): void => {
      if (isMeant(sent)) settle(sent);
    };
    const onExit = (): void => settle('crashed');
    const patience = setTimeout(() => settle('hung'), patienceMs);
    child.on('message', onMessage).on('exit', onExit);
  });
}
