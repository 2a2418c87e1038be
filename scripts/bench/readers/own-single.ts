import { Workbook } from '@libs/xlsx';
import { BatchCounter } from './batch-counter';
import type { CellCount } from './cell-count';

/** Our reader, sheet after sheet in one thread. */
export async function countCells(path: string): Promise<CellCount> {
  const workbook = await Workbook.open(path);
  try {
    const counter = new BatchCounter();
    for (const { index } of workbook.sheets) {
      for await (const batch of workbook.readRows(index)) counter.add(batch);
    }
    return counter.result(workbook.sheets.length);
  } finally {
    await workbook.close();
  }
}
