import { once } from 'node:events';
import type { Writable } from 'node:stream';
import {
  CellType,
  serialToWallSeconds,
  Workbook,
  wallSecondsToIso,
  XlsxError,
  type RowBatch,
  type XlsxLimits,
} from '@libs/xlsx';
import { loadEnvWithoutDatabase } from '../../config/env';
import { xlsxLimits } from '../../ingestion/xlsx-limits';

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [CellType.NUMBER]: 'number',
  [CellType.STRING]: 'string',
  [CellType.BOOLEAN]: 'boolean',
  [CellType.DATE]: 'date',
  [CellType.ERROR]: 'error',
};

/** The reader of our output has gone (`cells FILE | head`): no error, but nothing more to write either. */
class ReaderGone extends Error {}

/** One cell a line, as {"sheet":…,"row":…,"col":…,"type":…,"value":…}. */
function batchLines(batch: RowBatch, sheetJson: string, date1904: boolean): string {
  const { rowCount, rowNumber, cellStart, cellColumn, cellType, cellNumber, cellText } = batch;
  let lines = '';
  for (let row = 0; row < rowCount; row++) {
    const head = `{"sheet":${sheetJson},"row":${rowNumber[row]},"col":`;
    for (let k = cellStart[row]; k < cellStart[row + 1]; k++) {
      const type = cellType[k];
      let value: string;
      if (type === CellType.NUMBER) value = String(cellNumber[k]);
      else if (type === CellType.BOOLEAN) value = cellNumber[k] === 1 ? 'true' : 'false';
      else if (type === CellType.DATE) value = `"${wallSecondsToIso(serialToWallSeconds(cellNumber[k], date1904))}"`;
      else value = JSON.stringify(cellText[k]);
      lines += `${head}${cellColumn[k]},"type":"${TYPE_NAMES[type]}","value":${value}}\n`;
    }
  }
  return lines;
}

/** Writes no faster than the reader reads, and remembers the first failure (process.stdout is not destroyed by one). */
class PacedOutput {
  failure: NodeJS.ErrnoException | undefined;

  constructor(private readonly out: Writable) {
    // Stays on: a write that failed may say so only after the last line was given to it.
    out.on('error', (error) => {
      this.failure ??= error;
    });
  }

  async write(text: string): Promise<void> {
    if (this.failure !== undefined || this.out.destroyed) throw new ReaderGone();
    if (this.out.write(text)) return;
    // 'close' comes without 'drain' when the reader goes away; the next write then says so.
    const waiting = new AbortController();
    const { signal } = waiting;
    await Promise.race([once(this.out, 'drain', { signal }), once(this.out, 'close', { signal })])
      .catch(() => undefined)
      .finally(() => waiting.abort());
  }

  /** The caller may end the process, and with it what a pipe has not taken yet. */
  async flush(): Promise<void> {
    await new Promise((resolve) => this.out.write('', resolve));
  }
}

async function writeCells(file: string, out: PacedOutput, limits: Partial<XlsxLimits>): Promise<void> {
  const workbook = await Workbook.open(file, { limits });
  try {
    for (const sheet of workbook.sheets) {
      const sheetJson = JSON.stringify(sheet.name);
      for await (const batch of workbook.readRows(sheet.index)) {
        await out.write(batchLines(batch, sheetJson, workbook.date1904));
      }
    }
  } finally {
    await workbook.close();
  }
}

/**
 * Writes every non-empty cell of all worksheets, in workbook order, as a JSON line {sheet,row,col,type,value}: row and
 * col from 1; type number, string, boolean, date or error; dates as ISO 8601 without zone.
 * Returns the exit code: 0, or 1 after a refusal, whose code and remedy are on `err` (cells before it are written).
 *
 * @param limits caps of the reader; the configured ones when left out
 */
export async function runCells(
  file: string,
  out: Writable,
  err: Writable,
  limits: Partial<XlsxLimits> = xlsxLimits(loadEnvWithoutDatabase().xlsx),
): Promise<number> {
  const output = new PacedOutput(out);
  try {
    await writeCells(file, output, limits);
    await output.flush();
  } catch (error) {
    if (error instanceof XlsxError) {
      err.write(`${error.message}\n${error.remedy}\n`);
      return 1;
    }
    if (!(error instanceof ReaderGone)) throw error;
  }
  const { failure } = output;
  if (failure === undefined || failure.code === 'EPIPE') return 0;
  err.write(`The output cannot be written: ${failure.message}\n`);
  return 1;
}
