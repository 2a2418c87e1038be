import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { packError, type CreateVisitor, type FromThread, type ThreadData, type ToThread } from './sheet-visitor';
import { Workbook } from './workbook';

/** Reads the sheets it is given, one after the other, until it is told to stop. */
class SheetThread {
  private readonly stop = new AbortController();
  private readonly tasks: Extract<ToThread, { type: 'read' }>[] = [];
  private wake: () => void = () => undefined;

  constructor(
    private readonly port: MessagePort,
    private readonly data: ThreadData,
  ) {
    port.on('message', (message: ToThread) => {
      if (message.type === 'stop') this.stop.abort(new Error('the reading was stopped'));
      else this.tasks.push(message);
      this.wake();
    });
  }

  async run(): Promise<void> {
    const workbook = await Workbook.open(this.data.path, { limits: this.data.limits });
    try {
      workbook.adopt(this.data.shared);
      // require(), not import(): under a TypeScript register hook only require() is hooked.
      const visitors = createRequire(__filename)(this.data.visitorModule) as {
        createVisitor: CreateVisitor<unknown, unknown>;
      };
      this.send({ type: 'ready' });
      for (let task = await this.nextTask(); task !== undefined; task = await this.nextTask()) {
        await this.read(workbook, visitors.createVisitor, task.sheetIndex, task.params);
      }
    } finally {
      await workbook.close();
    }
  }

  send(message: FromThread): void {
    this.port.postMessage(message);
  }

  private async nextTask(): Promise<Extract<ToThread, { type: 'read' }> | undefined> {
    while (this.tasks.length === 0 && !this.stop.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.stop.signal.aborted ? undefined : this.tasks.shift();
  }

  private async read(
    workbook: Workbook,
    createVisitor: CreateVisitor<unknown, unknown>,
    sheetIndex: number,
    params: unknown,
  ): Promise<void> {
    const { signal } = this.stop;
    const visitor = await createVisitor({
      path: this.data.path,
      sheet: workbook.sheets[sheetIndex],
      date1904: workbook.date1904,
      params,
      signal,
      report: (progress) => this.send({ type: 'report', sheetIndex, progress }),
    });
    let result: unknown;
    try {
      const hash = createHash('sha256');
      for await (const batch of workbook.readRows(sheetIndex, { onInflated: (chunk) => hash.update(chunk) })) {
        signal.throwIfAborted();
        await visitor.batch(batch);
        signal.throwIfAborted();
      }
      result = await visitor.end({ partSha256: hash.digest('hex') });
    } catch (error) {
      await visitor.abort?.(error);
      if (signal.aborted) return;
      throw error;
    }
    this.send({ type: 'result', sheetIndex, result });
  }
}

/** What a worker thread does from its start to its end. The port is closed with it. */
export async function serveSheets(port: MessagePort, data: ThreadData): Promise<void> {
  const thread = new SheetThread(port, data);
  try {
    await thread.run();
  } catch (error) {
    thread.send({ type: 'error', error: packError(error) });
  } finally {
    port.close();
  }
}

// The entry of a worker thread; a test runs the same in its own.
if (parentPort !== null) void serveSheets(parentPort, workerData as ThreadData);
