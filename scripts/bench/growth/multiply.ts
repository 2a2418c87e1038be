import { createWriteStream } from 'node:fs';
import { continuationName } from '@libs/sample';
import { Workbook } from '@libs/xlsx';
import { EXCEL_MAX_ROWS, XlsxWriter, type Cell, type SheetWriter } from '@libs/xlsx-writer';
import { RowChanger, type Change } from '../rewrite';
import { keepSampleMarker, rowsOf } from '../workbook-cells';
import { growingSheets, olderBy, type GrowingSheet, type MakeOlder } from './older-orders';

export interface MultiplyOptions {
  from: string;
  to: string;
  /** 1: the rows as they are */
  copies: number;
  /** of every so many phases, in the workbook that is written */
  change?: Change;
  /** rows of a sheet before it is continued; Excel's limit unless a test wants less */
  rowsPerSheet?: number;
}

/**
 * Writes a workbook with so many times the orders, their phases, assignments and errors: each copy is older than the one
 * before, the oldest first. Catalogues stay as they are.
 * @returns how many cells that are, and how many of them `change` changed
 */
export async function multiplyWorkbook(options: MultiplyOptions): Promise<{ cells: number; changed: number }> {
  const { from, to, copies, change, rowsPerSheet = EXCEL_MAX_ROWS } = options;
  const workbook = await Workbook.open(from);
  const writer = new XlsxWriter(createWriteStream(to), { level: 1, date1904: workbook.date1904 });
  try {
    keepSampleMarker(workbook, writer);
    const sum = { cells: 0, changed: 0 };
    for (const sheet of growingSheets(workbook.sheets.map(({ name }) => name))) {
      const changer = change?.sheet === sheet.name ? new RowChanger(change) : undefined;
      const target = new ContinuedSheet(writer, sheet.name, rowsPerSheet, changer);
      for (let age = sheet.own ? copies - 1 : 0; age >= 0; age--) await copy(workbook, sheet, age, copies, target);
      sum.changed += changer?.changed ?? 0;
      sum.cells += target.cells;
    }
    await writer.finish();
    return sum;
  } catch (error) {
    writer.destroy(error as Error);
    throw error;
  } finally {
    await workbook.close();
  }
}

async function copy(
  workbook: Workbook,
  { parts, own }: GrowingSheet,
  age: number,
  copies: number,
  target: ContinuedSheet,
): Promise<void> {
  for (const part of parts) {
    let makeOlder: MakeOlder | undefined;
    let isHeader = true;
    for await (const rows of rowsOf(workbook, part)) {
      for (const { cells } of rows) {
        if (isHeader) {
          isHeader = false;
          makeOlder = own && olderBy(age, copies, cells, own);
          await target.begin(cells);
          continue;
        }
        makeOlder?.(cells);
        const behind = target.write(cells);
        if (behind) await behind;
      }
    }
  }
}

/** A sheet that goes on in another one, with its header, where it is full. */
class ContinuedSheet {
  /** that are not empty */
  cells = 0;
  private header: Cell[] | undefined;
  private sheet: SheetWriter | undefined;
  private part = 0;

  constructor(
    private readonly writer: XlsxWriter,
    private readonly name: string,
    private readonly rowsPerSheet: number,
    private readonly changer: RowChanger | undefined,
  ) {}

  /** Takes the header row of the first copy; those of the others are the same. */
  async begin(header: Cell[]): Promise<void> {
    if (this.header) return;
    this.header = header;
    this.changer?.change(header);
    await this.continue();
  }

  write(cells: Cell[]): Promise<void> | undefined {
    this.changer?.change(cells);
    for (const cell of cells) if (cell !== null) this.cells += 1;
    return this.sheet!.rowCount < this.rowsPerSheet ? this.sheet!.writeRow(cells) : this.writeNext(cells);
  }

  private async writeNext(cells: Cell[]): Promise<void> {
    await this.continue();
    await this.sheet!.writeRow(cells);
  }

  private async continue(): Promise<void> {
    this.part += 1;
    this.sheet = await this.writer.addSheet(continuationName(this.name, this.part));
    this.cells += this.header!.length;
    await this.sheet.writeRow(this.header!);
  }
}
