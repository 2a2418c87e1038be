import ExcelJS from 'exceljs';
import type { CellCount } from './cell-count';

/**
 * exceljs streaming. Styles and shared strings are cached, else it hands out dates as numbers and texts as indexes:
 * faster, and not the same work.
 */
export async function countCells(path: string): Promise<CellCount> {
  const count: CellCount = { sheets: 0, rows: 0, cells: 0 };
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  for await (const sheet of reader) {
    count.sheets += 1;
    for await (const row of sheet) {
      const before = count.cells;
      row.eachCell((cell) => {
        if (cell.value !== null && cell.value !== '') count.cells += 1;
      });
      if (count.cells > before) count.rows += 1;
    }
  }
  return count;
}
