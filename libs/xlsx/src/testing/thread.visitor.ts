import { setTimeout as sleep } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import type { CreateVisitor } from '../sheet-visitor';
import { XlsxError } from '../xlsx-error';

/** What a test asks of one sheet's visitor. */
export interface VisitorParams {
  /** throws at the first batch */
  fail?: 'error' | 'xlsx' | 'string' | 'exit';
  /** waits for the signal at the first batch; 'deaf' waits for it without listening */
  wait?: 'signal' | 'deaf';
  /** waits until so many visitors have started */
  together?: number;
  /** a SharedArrayBuffer in which visitors count [started, aborted, ended] */
  counters: SharedArrayBuffer;
}

export interface VisitorResult {
  sheet: string;
  cells: number;
  sum: number;
  texts: number;
  thread: number;
  partSha256: string;
}

export const createVisitor: CreateVisitor<VisitorParams, VisitorResult> = async (context) => {
  const { params, sheet, signal, report } = context;
  const counters = new Int32Array(params.counters);
  Atomics.add(counters, 0, 1);
  while (Atomics.load(counters, 0) < (params.together ?? 0)) await sleep(5);
  const result = { sheet: sheet.name, cells: 0, sum: 0, texts: 0, thread: threadId, partSha256: '' };
  return {
    async batch(batch) {
      if (params.fail === 'exit') process.exit(3);
      if (params.fail === 'xlsx') throw new XlsxError('XLSX_CORRUPT_XML', 'as asked', 'sheet X, cell B2', 'try again');
      if (params.fail === 'error') throw Object.assign(new TypeError('as asked'), { code: 'EASKED', tries: 3 });
      if (params.fail === 'string') throw 'as asked' as unknown as Error;
      if (params.wait === 'signal') await sleep(60_000, undefined, { signal });
      if (params.wait === 'deaf') await sleep(60_000);
      const cells = batch.cellStart[batch.rowCount];
      for (let k = 0; k < cells; k++) {
        result.sum += batch.cellNumber[k];
        if (batch.cellText[k] !== undefined) result.texts++;
      }
      result.cells += cells;
      report({ bytesRead: batch.bytesRead, of: sheet.uncompressedBytes });
    },
    end({ partSha256 }) {
      Atomics.add(counters, 2, 1);
      return { ...result, partSha256 };
    },
    abort() {
      Atomics.add(counters, 1, 1);
    },
  };
};
