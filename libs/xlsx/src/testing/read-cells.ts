import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CellType, cellAddress, type RowBatch } from '../cell-types';
import { serialToWallSeconds, wallSecondsToIso } from '../dates';
import type { XlsxLimits } from '../limits';
import { Workbook } from '../workbook';
import { XlsxError } from '../xlsx-error';

/** [address, value]: numbers, strings and booleans as they are, dates as 'd:' + ISO, errors as 'e:' + text. */
export type ReadCell = [string, string | number | boolean];

export interface ReadSheet {
  name: string;
  state: string;
  cells: ReadCell[];
}

export function batchCells(batch: RowBatch, date1904: boolean): ReadCell[] {
  const cells: ReadCell[] = [];
  for (let row = 0; row < batch.rowCount; row++) {
    for (let k = batch.cellStart[row]; k < batch.cellStart[row + 1]; k++) {
      const number = batch.cellNumber[k];
      const text = batch.cellText[k] ?? '';
      const values: Record<number, string | number | boolean> = {
        [CellType.NUMBER]: number,
        [CellType.STRING]: text,
        [CellType.BOOLEAN]: number === 1,
        [CellType.ERROR]: `e:${text}`,
      };
      const value = values[batch.cellType[k]] ?? `d:${wallSecondsToIso(serialToWallSeconds(number, date1904))}`;
      cells.push([cellAddress(batch.rowNumber[row], batch.cellColumn[k]), value]);
    }
  }
  return cells;
}

/** Runs with the bytes as a file, which is removed afterwards. */
export async function withFile<T>(bytes: Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'xlsx-spec-'));
  try {
    const path = join(directory, 'workbook.xlsx');
    writeFileSync(path, bytes);
    return await use(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export async function readPath(path: string, limits: Partial<XlsxLimits> = {}): Promise<ReadSheet[]> {
  const workbook = await Workbook.open(path, { limits });
  try {
    const sheets: ReadSheet[] = [];
    for (const { index, name, state } of workbook.sheets) {
      const cells: ReadCell[] = [];
      for await (const batch of workbook.readRows(index)) cells.push(...batchCells(batch, workbook.date1904));
      sheets.push({ name, state, cells });
    }
    return sheets;
  } finally {
    await workbook.close();
  }
}

export const readBytes = (bytes: Buffer, limits: Partial<XlsxLimits> = {}): Promise<ReadSheet[]> =>
  withFile(bytes, (path) => readPath(path, limits));

/** The refusal of reading these bytes to the end. Fails when they are read. */
export async function refusalOf(bytes: Buffer, limits: Partial<XlsxLimits> = {}): Promise<XlsxError> {
  try {
    await readBytes(bytes, limits);
  } catch (error) {
    if (error instanceof XlsxError) return error;
    throw error;
  }
  throw new Error('the workbook was read, but a refusal was expected');
}
