import { createWriteStream } from 'node:fs';
import { SAMPLE_MARKER } from '@libs/sample';
import { CellType, serialToWallSeconds, Workbook, type RowBatch } from '@libs/xlsx';
import { XlsxWriter, type Cell, type ErrorText, type ExtraPart } from '@libs/xlsx-writer';

/** Which values are changed on the way, if any. */
export interface Change {
  /** base name of the sheet; its continuation sheets are changed too */
  sheet: string;
  header: string;
  /** every so many data rows */
  every: number;
}

const CHANGED_BY = 1;

/**
 * Writes the cells of a workbook into another by another writer: other XML, other shared strings, other styles, the
 * same content but for `change`, which adds 1 to numbers. Returns how many cells were changed.
 */
export async function rewriteWorkbook(from: string, to: string, change?: Change): Promise<number> {
  const workbook = await Workbook.open(from);
  const writer = new XlsxWriter(createWriteStream(to), { level: 1, date1904: workbook.date1904 });
  try {
    if (workbook.parts.some((part) => part.name === SAMPLE_MARKER)) writer.addPart(sampleMarker());
    let changed = 0;
    for (const { index, name } of workbook.sheets) {
      const sheet = await writer.addSheet(name);
      const concerned = change !== undefined && (name === change.sheet || name.startsWith(`${change.sheet} (`));
      const changer = concerned ? new RowChanger(change) : undefined;
      for await (const batch of workbook.readRows(index)) {
        for (let row = 0; row < batch.rowCount; row++) {
          // Rows without a cell are kept as gaps, so that every cell keeps its address.
          while (sheet.rowCount < batch.rowNumber[row] - 1) await sheet.writeRow([]);
          const cells = rowCells(batch, row, workbook.date1904);
          changer?.change(cells);
          const behind = sheet.writeRow(cells);
          if (behind) await behind;
        }
      }
      changed += changer?.changed ?? 0;
    }
    await writer.finish();
    return changed;
  } catch (error) {
    writer.destroy(error as Error);
    throw error;
  } finally {
    await workbook.close();
  }
}

/** Takes the first row that holds the header as the header row. */
class RowChanger {
  changed = 0;
  private column = -1;
  private rows = 0;

  constructor(private readonly wanted: Change) {}

  change(cells: Cell[]): void {
    if (this.column < 0) {
      this.column = cells.indexOf(this.wanted.header);
      return;
    }
    this.rows += 1;
    const value = cells[this.column];
    if (this.rows % this.wanted.every !== 0 || typeof value !== 'number') return;
    cells[this.column] = value + CHANGED_BY;
    this.changed += 1;
  }
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

/** A generated workbook stays known as one. */
function sampleMarker(): ExtraPart {
  return {
    name: SAMPLE_MARKER,
    contentType: 'application/vnd.prodplan.sample+xml',
    relationshipType: 'urn:prodplan:sample',
    xml: '<sample xmlns="urn:prodplan:sample"/>',
  };
}
