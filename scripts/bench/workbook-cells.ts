import { SAMPLE_MARKER } from '@libs/sample';
import { CellType, serialToWallSeconds, type RowBatch, type Workbook } from '@libs/xlsx';
import type { Cell, ErrorText, XlsxWriter } from '@libs/xlsx-writer';

/** A sheet's rows that have a cell, as a writer takes them; `number` is Excel's. */
export async function* rowsOf(
  workbook: Workbook,
  sheetIndex: number,
): AsyncGenerator<{ number: number; cells: Cell[] }[]> {
  for await (const batch of workbook.readRows(sheetIndex)) {
    yield Array.from({ length: batch.rowCount }, (_, row) => ({
      number: batch.rowNumber[row],
      cells: rowCells(batch, row, workbook.date1904),
    }));
  }
}

/** A generated workbook stays known as one in what is written from it. */
export function keepSampleMarker(workbook: Workbook, writer: XlsxWriter): void {
  if (!workbook.parts.some((part) => part.name === SAMPLE_MARKER)) return;
  writer.addPart({
    name: SAMPLE_MARKER,
    contentType: 'application/vnd.prodplan.sample+xml',
    relationshipType: 'urn:prodplan:sample',
    xml: '<sample xmlns="urn:prodplan:sample"/>',
  });
}

function rowCells(batch: RowBatch, row: number, date1904: boolean): Cell[] {
  const cells: Cell[] = [];
  for (let k = batch.cellStart[row]; k < batch.cellStart[row + 1]; k++) {
    while (cells.length < batch.cellColumn[k] - 1) cells.push(null);
    cells.push(cellOf(batch, k, date1904));
  }
  return cells;
}

function cellOf({ cellType, cellNumber, cellText }: RowBatch, k: number, date1904: boolean): Cell {
  switch (cellType[k]) {
    case CellType.NUMBER:
      return cellNumber[k];
    case CellType.BOOLEAN:
      return cellNumber[k] === 1;
    case CellType.DATE:
      return { date: serialToWallSeconds(cellNumber[k], date1904) };
    case CellType.ERROR:
      return { error: cellText[k] as ErrorText };
    default:
      return cellText[k] ?? null;
  }
}
