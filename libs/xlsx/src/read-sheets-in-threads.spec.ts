import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readSheetsInThreads, type ReadSheetsOptions } from './read-sheets-in-threads';
import { withFile } from './testing/read-cells';
import type { VisitorParams, VisitorResult } from './testing/thread.visitor';
import { buildWorkbook, sheetXml } from './testing/workbook-builder';
import { XlsxError } from './xlsx-error';

const VISITOR = join(__dirname, 'testing/thread.visitor.ts');

const rows = (count: number): string =>
  Array.from({ length: count }, (_, i) => `<row><c><v>${i + 1}</v></c><c t="s"><v>${i % 2}</v></c></row>`).join('');
const SHEETS = [
  { name: 'small', xml: sheetXml(rows(10)) },
  { name: 'large', xml: sheetXml(rows(30_000)) },
  { name: 'middle', xml: sheetXml(rows(1000)) },
  { name: 'empty', xml: sheetXml('') },
];
const WORKBOOK = buildWorkbook({ sheets: SHEETS, strings: '<si><t>a</t></si><si><t>b</t></si>' });

interface Run {
  results: Map<number, VisitorResult>;
  reports: [number, unknown][];
}

/** Reads and returns the results; `counters` are [started, aborted, ended] visitors afterwards, whatever happened. */
async function run(
  bytes: Buffer,
  counters: Int32Array<SharedArrayBuffer>,
  params: (sheetIndex: number) => Omit<VisitorParams, 'counters'> = () => ({}),
  options: Partial<ReadSheetsOptions<VisitorParams>> = {},
): Promise<Run> {
  const reports: Run['reports'] = [];
  const results = await withFile(bytes, (path) =>
    readSheetsInThreads<VisitorParams, VisitorResult>({
      path,
      visitorModule: VISITOR,
      params: (sheetIndex) => ({ ...params(sheetIndex), counters: counters.buffer }),
      threads: 2,
      onReport: (sheetIndex, progress) => reports.push([sheetIndex, progress]),
      ...options,
    }),
  );
  return { results, reports };
}

const newCounters = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(12));

describe('readSheetsInThreads', () => {
  it('gives each visitor’s result, with the sheets spread over threads', async () => {
    const counters = newCounters();
    // However late the second thread is there, the first reads no second sheet before.
    const { results } = await run(WORKBOOK, counters, () => ({ together: 2 }));
    const summary = [...results]
      .sort(([a], [b]) => a - b)
      .map(([index, { sheet, cells, sum, texts }]) => [index, sheet, cells, sum, texts]);
    // n rows hold 2n cells, the sum 1 + … + n, and n texts
    expect(summary).toEqual([
      [0, 'small', 20, 55, 10],
      [1, 'large', 60_000, (30_000 * 30_001) / 2, 30_000],
      [2, 'middle', 2000, 500_500, 1000],
      [3, 'empty', 0, 0, 0],
    ]);
    expect(new Set([...results.values()].map(({ thread }) => thread)).size).toBe(2);
    expect([...counters]).toEqual([4, 0, 4]);
  });

  it('gives visitors the hash of the part that they read, blank sheets included', async () => {
    const { results } = await run(WORKBOOK, newCounters());
    const hashes = SHEETS.map(({ xml }) => createHash('sha256').update(xml).digest('hex'));
    expect(SHEETS.map((_, index) => results.get(index)?.partSha256)).toEqual(hashes);
  });

  it('gives the largest sheet out first', async () => {
    const { reports } = await run(WORKBOOK, newCounters(), undefined, { threads: 1 });
    const order = [...new Set(reports.map(([index]) => index))];
    expect(order).toEqual([1, 2, 0]);
  });

  it('reports progress up to the size of the sheet', async () => {
    const { reports } = await run(WORKBOOK, newCounters(), undefined, { sheets: [1] });
    const size = SHEETS[1].xml.length;
    expect(reports.length).toBeGreaterThan(1);
    expect(reports.at(-1)).toEqual([1, { bytesRead: size, of: size }]);
  });

  it('reads only the sheets asked for, and refuses one that is not there', async () => {
    const { results } = await run(WORKBOOK, newCounters(), undefined, { sheets: [2, 0, 2], threads: 8 });
    expect([...results.keys()].sort()).toEqual([0, 2]);
    await expect(run(WORKBOOK, newCounters(), undefined, { sheets: [4] })).rejects.toThrow(RangeError);
    expect((await run(WORKBOOK, newCounters(), undefined, { sheets: [] })).results.size).toBe(0);
  });

  it('lets a typed error cross the threads unchanged', async () => {
    const error = await run(WORKBOOK, newCounters(), () => ({ fail: 'xlsx' })).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(XlsxError);
    expect(error).toMatchObject({
      name: 'XlsxError',
      code: 'XLSX_CORRUPT_XML',
      detail: 'as asked',
      place: 'sheet X, cell B2',
      remedy: 'try again',
      message: 'XLSX_CORRUPT_XML: as asked (sheet X, cell B2)',
    });
    expect((error as XlsxError).stack).toContain('thread.visitor');
  });

  it('keeps name, message and fields of other errors', async () => {
    await expect(run(WORKBOOK, newCounters(), () => ({ fail: 'error' }))).rejects.toMatchObject({
      name: 'TypeError',
      message: 'as asked',
      code: 'EASKED',
      tries: 3,
    });
    await expect(run(WORKBOOK, newCounters(), () => ({ fail: 'string' }))).rejects.toThrow('as asked');
  });

  it('refuses what the file is refused for, with the place', async () => {
    const damaged = buildWorkbook({
      sheets: [{ xml: sheetXml(rows(5)) }, { name: 'Bad', xml: sheetXml('<row r="0"/>') }],
    });
    // One sheet at a time: read side by side, whichever fails first is told.
    await expect(run(damaged, newCounters(), undefined, { sheets: [0] })).rejects.toMatchObject({
      code: 'XLSX_BAD_SHARED_STRING',
    });
    await expect(run(damaged, newCounters(), undefined, { sheets: [1] })).rejects.toMatchObject({
      code: 'XLSX_BAD_REFERENCE',
      place: 'sheet Bad, row after 0',
    });
    await expect(run(Buffer.from('%PDF-'), newCounters())).rejects.toMatchObject({ code: 'XLSX_NOT_ZIP' });
  });

  it('stops all threads on one failure, tells their visitors, and awaits their end', async () => {
    const counters = newCounters();
    const failing = run(WORKBOOK, counters, (index) =>
      // Not before the other one has begun, however late its thread is there.
      index === 1 ? { wait: 'signal' } : { fail: 'error', together: 2 },
    );
    await expect(failing).rejects.toMatchObject({ code: 'EASKED' });
    expect([...counters]).toEqual([2, 2, 0]);
  });

  it('ends a thread whose visitor does not listen, after the grace', async () => {
    const counters = newCounters();
    const started = performance.now();
    const failing = run(WORKBOOK, counters, (index) => (index === 1 ? { wait: 'deaf' } : { fail: 'error' }), {
      graceMs: 200,
    });
    await expect(failing).rejects.toMatchObject({ code: 'EASKED' });
    // The visitor itself waits for a minute.
    expect(performance.now() - started).toBeLessThan(50_000);
  });

  it('notices a thread that ends by itself', async () => {
    await expect(run(WORKBOOK, newCounters(), () => ({ fail: 'exit' }))).rejects.toThrow('ended by itself (3)');
  });

  it('stops when the signal says so, with its reason', async () => {
    const counters = newCounters();
    const stop = new AbortController();
    const running = run(WORKBOOK, counters, () => ({ wait: 'signal' }), { signal: stop.signal });
    const timer = setInterval(() => {
      if (Atomics.load(counters, 0) === 2) stop.abort(new Error('cancelled by hand'));
    }, 5);
    await expect(running.finally(() => clearInterval(timer))).rejects.toThrow('cancelled by hand');
    // whoever had begun was told
    expect([...counters]).toEqual([2, 2, 0]);
    await expect(run(WORKBOOK, newCounters(), undefined, { signal: stop.signal })).rejects.toThrow('cancelled by hand');
  });

  it('fails with what a callback of the caller throws', async () => {
    const onReport = (): void => {
      throw new Error('no more reports');
    };
    await expect(run(WORKBOOK, newCounters(), undefined, { onReport })).rejects.toThrow('no more reports');
    const params = (): never => {
      throw new Error('no parameters');
    };
    await expect(run(WORKBOOK, newCounters(), params)).rejects.toThrow('no parameters');
  });

  it('counts the cells of all threads against one cap', async () => {
    const total = 2 * (10 + 30_000 + 1000);
    const limits = { cells: total };
    expect((await run(WORKBOOK, newCounters(), undefined, { limits, threads: 4 })).results.size).toBe(4);
    await expect(
      run(WORKBOOK, newCounters(), undefined, { limits: { cells: total - 1 }, threads: 4 }),
    ).rejects.toMatchObject({
      code: 'XLSX_LIMIT_CELLS',
    });
  });
});
