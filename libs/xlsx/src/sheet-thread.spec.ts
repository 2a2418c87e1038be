import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { serveSheets } from './sheet-thread';
import { unpackError, type FromThread, type SheetVisitor, type ThreadData, type VisitorContext } from './sheet-visitor';
import { asked } from './testing/local.visitor';
import { inTime } from './testing/in-time';
import { withFile } from './testing/read-cells';
import { buildWorkbook, sheetXml } from './testing/workbook-builder';
import { Workbook } from './workbook';

const row = (value: number): string => `<row><c><v>${value}</v></c><c t="s"><v>0</v></c></row>`;
const SHEETS = [
  { name: 'A', xml: sheetXml(row(1) + row(2)) },
  { name: 'B', xml: sheetXml(row(3)) },
];
const WORKBOOK = buildWorkbook({ sheets: SHEETS, strings: '<si><t>a</t></si>', date1904: true });

interface Thread {
  path: string;
  messages: FromThread[];
  read(sheetIndex: number, params?: unknown): void;
  stop(): void;
  /** resolves once so many messages of the type have come */
  heard(type: FromThread['type'], count?: number): Promise<void>;
  /** resolves once the work and the port have ended */
  readonly ended: Promise<unknown>;
}

/** The work of a thread in this one, on a port as a thread has it. */
async function withThread(
  use: (thread: Thread) => Promise<void>,
  over: Partial<ThreadData> = {},
  bytes = WORKBOOK,
): Promise<void> {
  await withFile(bytes, async (path) => {
    const workbook = await Workbook.open(path);
    const shared = await workbook.share();
    await workbook.close();
    const { port1, port2 } = new MessageChannel();
    const messages: FromThread[] = [];
    let wake = (): void => undefined;
    port1.on('message', (message: FromThread) => {
      messages.push(message);
      wake();
    });
    const closed = new Promise<void>((resolve) => port1.once('close', resolve));
    const visitorModule = join(__dirname, 'testing/local.visitor.ts');
    const served = serveSheets(port2, { path, limits: {}, visitorModule, shared, ...over });
    try {
      await use({
        path,
        messages,
        read: (sheetIndex, params) => port1.postMessage({ type: 'read', sheetIndex, params }),
        stop: () => port1.postMessage({ type: 'stop' }),
        async heard(type, count = 1) {
          while (messages.filter((message) => message.type === type).length < count) {
            await inTime(
              new Promise<void>((resolve) => {
                wake = resolve;
              }),
            );
          }
        },
        get ended() {
          return inTime(Promise.all([served, closed]));
        },
      });
    } finally {
      port1.postMessage({ type: 'stop' });
      await inTime(served);
    }
  });
}
const typesOf = ({ messages }: Thread): string[] => messages.map(({ type }) => type);
/** The error that the thread sent last, as its reader gets it. */
const errorOf = ({ messages }: Thread): Error => {
  const last = messages.at(-1);
  if (last?.type !== 'error') throw new Error(`no error came, but ${last?.type}`);
  return unpackError(last.error);
};

describe('the work of a thread', () => {
  it('is to read the sheets that it is given, one after the other, until it is told to stop', async () => {
    const contexts: VisitorContext<unknown>[] = [];
    const log: string[] = [];
    asked.create = (context) => {
      contexts.push(context);
      const { name } = context.sheet;
      return {
        async batch({ cellNumber, rowCount }) {
          log.push(`${name} begins ${rowCount} rows from ${cellNumber[0]}`);
          context.report({ rows: rowCount });
          await new Promise((resolve) => setImmediate(resolve));
          log.push(`${name} has read them`);
        },
        end: ({ partSha256 }) => ({ name, partSha256 }),
      };
    };
    await withThread(async (thread) => {
      await thread.heard('ready');
      expect(thread.messages).toEqual([{ type: 'ready' }]);
      // both at once: the second waits for the first
      thread.read(1, { wanted: 'b' });
      thread.read(0);
      await thread.heard('result', 2);
      const sha256 = SHEETS.map(({ xml }) => createHash('sha256').update(xml).digest('hex'));
      expect(thread.messages.slice(1)).toEqual([
        { type: 'report', sheetIndex: 1, progress: { rows: 1 } },
        { type: 'result', sheetIndex: 1, result: { name: 'B', partSha256: sha256[1] } },
        { type: 'report', sheetIndex: 0, progress: { rows: 2 } },
        { type: 'result', sheetIndex: 0, result: { name: 'A', partSha256: sha256[0] } },
      ]);
      const { path } = thread;
      expect(contexts).toMatchObject([
        { path, sheet: { index: 1, name: 'B' }, date1904: true, params: { wanted: 'b' } },
        { path, sheet: { index: 0, name: 'A' }, date1904: true, params: undefined },
      ]);
      thread.stop();
      await thread.ended;
      expect(typesOf(thread).slice(5)).toEqual([]);
    });
    expect(log).toEqual(['B begins 1 rows from 3', 'B has read them', 'A begins 2 rows from 1', 'A has read them']);
  });

  it('goes on with a sheet that comes while it has nothing to do', async () => {
    asked.create = () => ({ batch: () => undefined, end: () => 'read' });
    await withThread(async (thread) => {
      for (const count of [1, 2, 3]) {
        thread.read(0);
        await thread.heard('result', count);
      }
      thread.stop();
      await thread.ended;
    });
  });

  it('does not begin with what still waits when it is told to stop', async () => {
    let begun = 0;
    asked.create = () => ({ batch: () => void begun++, end: () => 'read' });
    await withThread(async (thread) => {
      thread.stop();
      thread.read(0);
      await thread.ended;
      expect(typesOf(thread)).toEqual(['ready']);
    });
    expect(begun).toBe(0);
  });
});

describe('a thread that is told to stop inside a sheet', () => {
  /** A visitor that waits in its batch until it is told to stop, or for the message alone. */
  const stopped = async (change: Partial<SheetVisitor<unknown>>): Promise<{ told: unknown[]; types: string[] }> => {
    const told: unknown[] = [];
    let types: string[] = [];
    asked.create = ({ signal, report }) => ({
      async batch() {
        report('waits');
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
      end: () => void told.push('end'),
      abort: (error) => void told.push(error),
      ...change,
    });
    await withThread(async (thread) => {
      thread.read(0);
      await thread.heard('report');
      thread.stop();
      await thread.ended;
      types = typesOf(thread);
    });
    return { told, types };
  };

  it('tells its visitor why, and gives neither a result nor an error', async () => {
    const { told, types } = await stopped({});
    expect(told).toEqual([expect.any(Error)]);
    expect(types).toEqual(['ready', 'report']);
  });

  it('ends also where its visitor wants to hear nothing', async () => {
    expect(await stopped({ abort: undefined })).toEqual({ told: [], types: ['ready', 'report'] });
  });

  it('hears what ending costs its visitor before it ends', async () => {
    const log: string[] = [];
    const { types } = await stopped({
      async abort() {
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push('released');
      },
    });
    expect([log, types]).toEqual([['released'], ['ready', 'report']]);
  });

  it('reads no batch more', async () => {
    let batches = 0;
    asked.create = ({ signal, report }) => ({
      async batch() {
        batches++;
        report('waits');
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
      end: () => 'read',
    });
    // a batch ends with the row that reaches 16,384 cells
    const full = `<row r="1">${'<c s="0"><v>1</v></c>'.repeat(16_384)}</row>`;
    const bytes = buildWorkbook({ sheets: [{ xml: sheetXml(full + row(1)) }], strings: '<si><t>a</t></si>' });
    await withThread(
      async (thread) => {
        thread.read(0);
        await thread.heard('report');
        thread.stop();
        await thread.ended;
        expect(typesOf(thread)).toEqual(['ready', 'report']);
      },
      {},
      bytes,
    );
    expect(batches).toBe(1);
  });
});

describe('what fails in a thread', () => {
  it('is told to the visitor and sent to the reader, and ends the thread', async () => {
    const fault = Object.assign(new TypeError('as asked'), { code: 'EASKED' });
    const told: unknown[] = [];
    for (const failing of ['batch', 'end'] as const) {
      asked.create = () => ({
        batch: () => undefined,
        end: () => 'read',
        abort: (error) => void told.push(error),
        [failing]: () => Promise.reject(fault),
      });
      await withThread(async (thread) => {
        thread.read(0);
        await thread.ended;
        expect(typesOf(thread)).toEqual(['ready', 'error']);
        expect(errorOf(thread)).toMatchObject({ name: 'TypeError', message: 'as asked', code: 'EASKED' });
      });
    }
    expect(told).toEqual([fault, fault]);
  });

  it('may be the visitor itself, its module, the sheet or the file', async () => {
    asked.create = () => Promise.reject(new RangeError('none'));
    await withThread(async (thread) => {
      thread.read(0);
      await thread.ended;
      expect(errorOf(thread)).toMatchObject({ name: 'RangeError', message: 'none' });
    });
    await withThread(
      async (thread) => {
        await thread.ended;
        expect(typesOf(thread)).toEqual(['error']);
        expect(errorOf(thread).message).toContain('no-such-module');
      },
      { visitorModule: join(__dirname, 'no-such-module') },
    );
    await withThread(
      async (thread) => {
        await thread.ended;
        expect(errorOf(thread)).toMatchObject({ name: 'XlsxError', code: 'XLSX_NOT_FOUND' });
      },
      { path: join(__dirname, 'no-such-file') },
    );
    asked.create = () => ({ batch: () => undefined, end: () => 'read' });
    // A holds four cells, and the cap comes with what the thread is started with
    await withThread(
      async (thread) => {
        thread.read(0);
        await thread.ended;
        expect(errorOf(thread)).toMatchObject({ code: 'XLSX_LIMIT_CELLS', place: 'sheet A' });
      },
      { limits: { cells: 3 } },
    );
  });

  it('counts the cells with those of the other threads', async () => {
    asked.create = () => ({ batch: () => undefined, end: () => 'read' });
    await withFile(WORKBOOK, async (path) => {
      const workbook = await Workbook.open(path);
      const shared = await workbook.share();
      // another has read the four cells of A
      for await (const batch of workbook.readRows(0)) expect(batch.rowCount).toBe(2);
      await workbook.close();
      await withThread(
        async (thread) => {
          thread.read(1);
          await thread.ended;
          expect(errorOf(thread)).toMatchObject({ code: 'XLSX_LIMIT_CELLS', place: 'sheet B' });
        },
        { shared, limits: { cells: 5 } },
      );
    });
  });
});
