import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { XlsxLimits } from './limits';
import { unpackError, type FromThread, type ThreadData, type ToThread } from './sheet-visitor';
import { Workbook } from './workbook';

export interface ReadSheetsOptions<P, R = unknown> {
  path: string;
  /** indexes of worksheets; all of them when left out */
  sheets?: number[];
  /** absolute path of the module that exports createVisitor: .js, or .ts where TypeScript is loaded through a hook */
  visitorModule: string;
  params: (sheetIndex: number) => P;
  /** at most this many at a time, and never more than sheets */
  threads: number;
  limits?: Partial<XlsxLimits>;
  signal?: AbortSignal;
  onReport?(sheetIndex: number, progress: unknown): void;
  /** hears each result as soon as its sheet is read, while others still are */
  onResult?(sheetIndex: number, result: R): void;
  /** how long visitors may take to end after a failure or an abort before their threads are ended for them */
  graceMs?: number;
}

/**
 * Reading makes hardly any garbage, and with its default of 48 MB each thread's heap grows until it collects: 160 MB
 * for two threads in place of 130, and no faster.
 */
const YOUNG_GENERATION_MB = 3;

const DEFAULT_GRACE_MS = 10_000;

/**
 * Reads sheets side by side, each by a visitor in a worker thread; the largest first, so that the longest reading does
 * not begin last. Resolves with the visitors' results by sheet index once all threads have ended.
 *
 * The first failure (an XlsxError, an error of a visitor, the signal's reason) stops all threads: their visitors are
 * told by abort(), their end is awaited, and then the promise rejects with that failure. Errors keep code and place.
 * The cap on cells counts all threads together. The shared strings are read once and lie in shared memory.
 */
export async function readSheetsInThreads<P, R>(options: ReadSheetsOptions<P, R>): Promise<Map<number, R>> {
  options.signal?.throwIfAborted();
  const workbook = await Workbook.open(options.path, { limits: options.limits });
  let data: ThreadData;
  let queue: number[];
  try {
    const { sheets } = workbook;
    queue = [...new Set(options.sheets ?? sheets.keys())];
    const unknown = queue.find((index) => sheets[index] === undefined);
    if (unknown !== undefined) throw new RangeError(`there is no sheet ${unknown}`);
    queue.sort((a, b) => sheets[b].uncompressedBytes - sheets[a].uncompressedBytes);
    const { path, visitorModule, limits = {} } = options;
    data = { path, visitorModule, limits, shared: await workbook.share() };
  } finally {
    await workbook.close();
  }
  return new ThreadPool<P, R>(options, data, queue).run();
}

class ThreadPool<P, R> {
  private readonly results = new Map<number, R>();
  private readonly running = new Set<Worker>();
  private failure: { error: unknown } | undefined;

  constructor(
    private readonly options: ReadSheetsOptions<P, R>,
    private readonly data: ThreadData,
    private readonly queue: number[],
  ) {}

  async run(): Promise<Map<number, R>> {
    const { signal, threads } = this.options;
    const onAbort = (): void => this.fail(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const count = Math.max(1, Math.min(Math.floor(threads), this.queue.length));
      const ends = this.queue.length === 0 ? [] : Array.from({ length: count }, () => this.startThread());
      if (signal?.aborted) onAbort();
      await Promise.all(ends);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
    if (this.failure !== undefined) throw this.failure.error;
    return this.results;
  }

  /** Resolves when the thread has ended, in whatever way. */
  private startThread(): Promise<void> {
    const { file, execArgv } = threadEntry();
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
    const worker = new Worker(file, { workerData: this.data, execArgv, resourceLimits });
    this.running.add(worker);
    let isBusy = false;
    const giveWork = (): void => {
      const sheetIndex = this.failure === undefined ? this.queue.shift() : undefined;
      isBusy = sheetIndex !== undefined;
      if (sheetIndex === undefined) return send(worker, { type: 'stop' });
      send(worker, { type: 'read', sheetIndex, params: this.options.params(sheetIndex) });
    };
    return new Promise((resolve) => {
      worker.on('message', (message: FromThread) => {
        try {
          if (message.type === 'error') return this.fail(unpackError(message.error));
          if (message.type === 'report') return this.options.onReport?.(message.sheetIndex, message.progress);
          if (message.type === 'result') {
            this.results.set(message.sheetIndex, message.result as R);
            this.options.onResult?.(message.sheetIndex, message.result as R);
          }
          giveWork();
        } catch (error) {
          this.fail(error);
        }
      });
      worker.on('error', (error) => this.fail(error));
      worker.on('messageerror', (error) => this.fail(error));
      worker.on('exit', (code) => {
        this.running.delete(worker);
        if (isBusy && this.failure === undefined) this.fail(new Error(`a reading thread ended by itself (${code})`));
        resolve();
      });
    });
  }

  private fail(error: unknown): void {
    if (this.failure !== undefined) return;
    this.failure = { error };
    for (const worker of this.running) {
      send(worker, { type: 'stop' });
      const grace = setTimeout(() => void worker.terminate(), this.options.graceMs ?? DEFAULT_GRACE_MS);
      worker.once('exit', () => clearTimeout(grace));
    }
  }
}

function send(worker: Worker, message: ToThread): void {
  worker.postMessage(message);
}

/**
 * The thread's entry beside this file: .js once built. Run from TypeScript (tests, scripts) the thread needs the hook
 * that its parent has, which worker threads do not inherit from Jest.
 */
function threadEntry(): { file: string; execArgv: string[] | undefined } {
  const built = join(__dirname, 'sheet-thread.js');
  if (existsSync(built)) return { file: built, execArgv: undefined };
  return { file: join(__dirname, 'sheet-thread.ts'), execArgv: ['--require', '@swc-node/register'] };
}
