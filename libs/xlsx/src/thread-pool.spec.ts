import { EventEmitter, getEventListeners } from 'node:events';
import { basename } from 'node:path';
import workerThreads, { type WorkerOptions } from 'node:worker_threads';
import { readSheetsInThreads, type ReadSheetsOptions } from './read-sheets-in-threads';
import { packError, type FromThread, type ThreadData, type ToThread } from './sheet-visitor';
import { inTime } from './testing/in-time';
import { withFile } from './testing/read-cells';
import { buildWorkbook, sheetXml } from './testing/workbook-builder';
import { XlsxError } from './xlsx-error';

// What read-sheets-in-threads.spec.ts shows with real threads, which take a second each to start: here they are played.

const rows = (count: number): string => '<row><c><v>1</v></c></row>'.repeat(count);
/** By size: 1, 2, 0, 3. */
const SHEETS = [10, 40, 20, 0].map((count, i) => ({ name: `S${i}`, xml: sheetXml(rows(count)) }));
const WORKBOOK = buildWorkbook({ sheets: SHEETS, strings: '<si><t>a</t></si>' });

/** A thread as its starter sees it. It does what `play` says with each message; told to stop it ends, unless it is deaf. */
class PlayedThread extends EventEmitter {
  static started: PlayedThread[] = [];
  static play: (thread: PlayedThread, message: Extract<ToThread, { type: 'read' }>) => void = () => undefined;
  static isDeaf = false;

  readonly heard: ToThread[] = [];
  terminated = 0;

  constructor(
    readonly file: string,
    readonly options: WorkerOptions,
  ) {
    super();
    PlayedThread.started.push(this);
    setImmediate(() => this.say({ type: 'ready' }));
  }

  say(message: FromThread): void {
    this.emit('message', message);
  }

  result(sheetIndex: number, result: unknown): void {
    this.say({ type: 'result', sheetIndex, result });
  }

  end(code = 0): void {
    setImmediate(() => this.emit('exit', code));
  }

  postMessage(message: ToThread): void {
    this.heard.push(message);
    if (message.type === 'read') setImmediate(() => PlayedThread.play(this, message));
    else if (!PlayedThread.isDeaf) this.end();
  }

  terminate(): Promise<number> {
    this.terminated++;
    this.end(1);
    return Promise.resolve(1);
  }
}

const readBy = (thread: PlayedThread): number[] =>
  thread.heard.flatMap((message) => (message.type === 'read' ? message.sheetIndex : []));
const wasStopped = (thread: PlayedThread): boolean => thread.heard.some(({ type }) => type === 'stop');

let worker: { mockRestore(): void };
beforeEach(() => {
  worker = jest
    .spyOn(workerThreads, 'Worker')
    .mockImplementation(((file: string, options: WorkerOptions) => new PlayedThread(file, options)) as never);
  PlayedThread.started = [];
  PlayedThread.isDeaf = false;
  PlayedThread.play = (thread, { sheetIndex }) => thread.result(sheetIndex, `read ${sheetIndex}`);
});
afterEach(() => worker.mockRestore());

function run(options: Partial<ReadSheetsOptions<unknown, string>> = {}): Promise<Map<number, string>> {
  return withFile(WORKBOOK, (path) =>
    inTime(
      readSheetsInThreads<unknown, string>({
        path,
        visitorModule: '/visitor.js',
        params: (sheetIndex) => ({ of: sheetIndex }),
        threads: 1,
        ...options,
      }),
    ),
  );
}

describe('threads that read sheets', () => {
  it('are started with all that they need', async () => {
    await withFile(WORKBOOK, async (path) => {
      const limits = { cells: 1000 };
      await inTime(readSheetsInThreads({ path, visitorModule: '/visitor.js', params: () => 0, threads: 1, limits }));
      const [{ file, options }] = PlayedThread.started;
      const { shared, ...data } = options.workerData as ThreadData;
      expect(data).toEqual({ path, visitorModule: '/visitor.js', limits });
      expect(shared.strings.count).toBe(1);
      // five slots of eight bytes: one for each sheet, and one for all
      expect(shared.budget.byteLength).toBe(40);
      // from TypeScript, as here, a thread needs the hook that compiles it
      expect(basename(file)).toBe('sheet-thread.ts');
      expect(options.execArgv).toEqual(['--require', '@swc-node/register']);
    });
  });

  it('get the sheets one by one, the largest first, and are told to stop when there is none left', async () => {
    const results = await run();
    expect([...results]).toEqual([[1, 'read 1'], [2, 'read 2'], [0, 'read 0'], [3, 'read 3']]); // prettier-ignore
    const [{ heard }] = PlayedThread.started;
    expect(heard).toEqual([
      ...[1, 2, 0, 3].map((sheetIndex) => ({ type: 'read', sheetIndex, params: { of: sheetIndex } })),
      { type: 'stop' },
    ]);
  });

  it.each([
    [1, undefined, 1],
    [2, undefined, 2],
    [2.9, undefined, 2],
    [99, undefined, 4],
    [0, undefined, 1],
    [-1, undefined, 1],
    [99, [2, 0, 2], 2],
    [99, [3], 1],
    [3, [], 0],
  ])('are %p at most for the sheets %j: %p', async (threads, sheets, started) => {
    const results = await run({ threads, sheets });
    expect(PlayedThread.started).toHaveLength(started);
    expect([...results.keys()].sort()).toEqual([...new Set(sheets ?? [0, 1, 2, 3])].sort());
    // none twice, and each thread is told to stop
    expect(PlayedThread.started.flatMap(readBy)).toHaveLength(results.size);
    expect(PlayedThread.started.every(wasStopped)).toBe(true);
  });

  it('are not started for a sheet that is not there, or a file that cannot be read', async () => {
    for (const sheets of [[4], [0, -1], [0.5]]) await expect(run({ sheets })).rejects.toThrow(RangeError);
    await expect(run({ path: '/no/such/file' })).rejects.toMatchObject({ code: 'XLSX_NOT_FOUND' });
    expect(PlayedThread.started).toEqual([]);
  });

  it('are heard while they read: reports, and each result as it comes', async () => {
    const heard: unknown[] = [];
    PlayedThread.play = (thread, { sheetIndex }) => {
      for (const progress of [1, 2]) thread.say({ type: 'report', sheetIndex, progress });
      thread.result(sheetIndex, `read ${sheetIndex}`);
    };
    await run({
      sheets: [0, 3],
      onReport: (...report) => heard.push(report),
      onResult: (...result) => heard.push(result),
    });
    expect(heard).toEqual([[0, 1], [0, 2], [0, 'read 0'], [3, 1], [3, 2], [3, 'read 3']]); // prettier-ignore
    // a report is not the end of a sheet, also where nobody hears it
    expect((await run({ sheets: [0, 3] })).size).toBe(2);
  });
});

describe('the first failure', () => {
  /** Sheet 1 waits for ever, whichever comes next is played. */
  const playBeside = (play: (thread: PlayedThread, sheetIndex: number) => void): void => {
    PlayedThread.play = (thread, { sheetIndex }) => {
      if (sheetIndex !== 1) play(thread, sheetIndex);
    };
  };

  it('is thrown as it was, once all threads have ended; what still waits is not begun', async () => {
    const error = new XlsxError('XLSX_CORRUPT_XML', 'why', 'where', 'what to do');
    playBeside((thread) => {
      thread.say({ type: 'error', error: packError(error) });
      thread.say({ type: 'error', error: packError(new Error('another')) });
    });
    const failing = run({ threads: 2 });
    await expect(failing).rejects.toBeInstanceOf(XlsxError);
    await expect(failing).rejects.toMatchObject({ code: 'XLSX_CORRUPT_XML', place: 'where', remedy: 'what to do' });
    expect(PlayedThread.started.map(readBy)).toEqual([[1], [2]]);
    expect(PlayedThread.started.every(wasStopped)).toBe(true);
    expect(PlayedThread.started.map(({ terminated }) => terminated)).toEqual([0, 0]);
  });

  it('gives no further sheet to a thread that ends its own', async () => {
    const failing = run({ threads: 2, sheets: [1, 2, 0] });
    PlayedThread.isDeaf = true;
    playBeside((thread) => {
      thread.say({ type: 'error', error: packError(new Error('first')) });
      const [other] = PlayedThread.started;
      other.result(1, 'too late');
      for (const each of PlayedThread.started) each.end();
    });
    await expect(failing).rejects.toThrow('first');
    expect(PlayedThread.started.map(readBy)).toEqual([[1], [2]]);
  });

  it.each(['error', 'messageerror'])('may be an event of the thread: %s', async (event) => {
    playBeside((thread) => void thread.emit(event, new Error('of the thread')));
    await expect(run({ threads: 2 })).rejects.toThrow('of the thread');
    expect(PlayedThread.started.every(wasStopped)).toBe(true);
  });

  it('may be a thread that ends inside a sheet, but not one that has none', async () => {
    playBeside((thread) => thread.end(3));
    await expect(run({ threads: 2 })).rejects.toThrow('(3)');
    PlayedThread.started = [];
    PlayedThread.play = (thread, { sheetIndex }) => {
      thread.result(sheetIndex, 'read');
      thread.end(3);
    };
    expect((await run({ sheets: [2] })).size).toBe(1);
  });

  it('may be what a callback throws', async () => {
    const fault = new Error('of the caller');
    const fail = (): never => {
      throw fault;
    };
    PlayedThread.play = (thread, { sheetIndex }) => {
      thread.say({ type: 'report', sheetIndex, progress: 1 });
      thread.result(sheetIndex, 'read');
    };
    for (const callbacks of [{ onReport: fail }, { onResult: fail }, { params: fail }]) {
      PlayedThread.started = [];
      await expect(run({ threads: 2, ...callbacks })).rejects.toBe(fault);
      expect(PlayedThread.started.every(wasStopped)).toBe(true);
    }
  });

  it('ends a thread that does not listen, after the grace', async () => {
    PlayedThread.isDeaf = true;
    playBeside((thread) => {
      thread.say({ type: 'error', error: packError(new Error('first')) });
      // this one ends in time, the other waits for the end of its sheet
      thread.end();
    });
    await expect(run({ threads: 2, graceMs: 20 })).rejects.toThrow('first');
    expect(PlayedThread.started.map(({ terminated }) => terminated)).toEqual([1, 0]);
  });
});

describe('a signal', () => {
  it('that was given before has nothing opened', async () => {
    const reason = new Error('before');
    await expect(run({ path: '/no/such/file', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('that is given while the workbook is opened stops the threads as they start', async () => {
    const stop = new AbortController();
    const running = run({ signal: stop.signal });
    stop.abort(new Error('while opening'));
    await expect(running).rejects.toThrow('while opening');
    expect(PlayedThread.started.flatMap(readBy)).toEqual([]);
  });

  it('that is given later stops all threads, and the caller gets its reason', async () => {
    const stop = new AbortController();
    const reason = new Error('by hand');
    PlayedThread.play = (_, { sheetIndex }) => {
      if (sheetIndex === 2) stop.abort(reason);
    };
    await expect(run({ threads: 2, signal: stop.signal })).rejects.toBe(reason);
    expect(PlayedThread.started.every(wasStopped)).toBe(true);
  });

  it('that is not given is listened to no longer than the reading takes', async () => {
    const { signal } = new AbortController();
    let during = 0;
    const onResult = (): void => void (during = getEventListeners(signal, 'abort').length);
    await run({ signal, onResult });
    expect([during, getEventListeners(signal, 'abort').length]).toEqual([1, 0]);
  });
});
