import { createReadStream } from 'node:fs';
import XlsxStreamReader from 'xlsx-stream-reader';
import type { CellCount } from './cell-count';

/**
 * xlsx-stream-reader as its own examples use it, with formatting off: on, it turns every date into text, which costs it
 * more time. It gives '' for the value 0, so '' counts as a cell here.
 */
export function countCells(path: string): Promise<CellCount> {
  return new Promise((resolve, reject) => {
    const count: CellCount = { sheets: 0, rows: 0, cells: 0 };
    const reader = new XlsxStreamReader({ formatting: false });
    reader.on('error', reject);
    reader.on('worksheet', (sheet) => {
      count.sheets += 1;
      sheet.on('error', reject);
      sheet.on('row', ({ values }) => {
        const before = count.cells;
        // forEach leaves out the holes of columns without a cell.
        values.forEach((value) => {
          if (value !== undefined && value !== null) count.cells += 1;
        });
        if (count.cells > before) count.rows += 1;
      });
      sheet.process();
    });
    reader.on('end', () => resolve(count));
    createReadStream(path).on('error', reject).pipe(reader);
  });
}
