import { createWriteStream } from 'node:fs';
import { Workbook } from '@libs/xlsx';
import { XlsxWriter, type Cell } from '@libs/xlsx-writer';
import { keepSampleMarker, rowsOf } from './workbook-cells';

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
 * @throws Error when it is none of those wanted
 */
export async function rewriteWorkbook(from: string, to: string, change?: Change): Promise<number> {
  const workbook = await Workbook.open(from);
  const writer = new XlsxWriter(createWriteStream(to), { level: 1, date1904: workbook.date1904 });
  try {
    keepSampleMarker(workbook, writer);
    let changed = 0;
    for (const { index, name } of workbook.sheets) {
      const sheet = await writer.addSheet(name);
      const concerned = change !== undefined && (name === change.sheet || name.startsWith(`${change.sheet} (`));
      const changer = concerned ? new RowChanger(change) : undefined;
      for await (const rows of rowsOf(workbook, index)) {
        for (const { number, cells } of rows) {
          // Rows without a cell are kept as gaps, so that every cell keeps its address.
          while (sheet.rowCount < number - 1) await sheet.writeRow([]);
          changer?.change(cells);
          const behind = sheet.writeRow(cells);
          if (behind) await behind;
        }
      }
      changed += changer?.changed ?? 0;
    }
    await writer.finish();
    if (change && changed === 0) throw new Error(`${from} has no ${change.sheet}.${change.header} to change.`);
    return changed;
  } catch (error) {
    writer.destroy(error as Error);
    throw error;
  } finally {
    await workbook.close();
  }
}

/** Changes every so many rows; the first row that holds the header is the header row. */
export class RowChanger {
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
