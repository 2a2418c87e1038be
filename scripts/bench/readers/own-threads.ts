import { join } from 'node:path';
import { readSheetsInThreads } from '@libs/xlsx';
import type { CellCount } from './cell-count';

const THREADS = 2;

/** Our reader as the load uses it: sheets side by side, each visited in a worker thread. */
export async function countCells(path: string): Promise<CellCount> {
  const counts = await readSheetsInThreads<undefined, CellCount>({
    path,
    threads: THREADS,
    visitorModule: join(__dirname, 'counting-visitor.js'),
    params: () => undefined,
  });
  const total: CellCount = { sheets: 0, rows: 0, cells: 0 };
  for (const { sheets, rows, cells } of counts.values()) {
    total.sheets += sheets;
    total.rows += rows;
    total.cells += cells;
  }
  return total;
}
