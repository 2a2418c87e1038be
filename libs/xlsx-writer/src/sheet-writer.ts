import { columnName, wallSecondsToSerial } from '@libs/xlsx';
import { EXCEL_MAX_COLUMNS, EXCEL_MAX_ROWS, EXCEL_MAX_TEXT, type Row } from './cell';
import { SharedStrings, textElement } from './shared-strings';
import { DATE_STYLE } from './workbook-parts';
import { XlsxWriteError } from './xlsx-write-error';
import { ZipStream } from './zip-stream';

/** Rows are gathered as text up to this size before they become bytes: per-row buffers cost twice the time. */
const CHUNK_CHARS = 1 << 16;
const LETTERS = Array.from({ length: 64 }, (_, index) => columnName(index + 1));

export interface SheetSettings {
  date1904: boolean;
  /** undefined: every text inside its own cell */
  sharedStrings: SharedStrings | undefined;
}

/** One open worksheet of an `XlsxWriter`. */
export class SheetWriter {
  private pending =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
  private rows = 0;

  constructor(
    readonly name: string,
    private readonly zip: ZipStream,
    private readonly settings: SheetSettings,
  ) {}

  /** Rows written so far, blank ones included: the Excel row number of the last one. */
  get rowCount(): number {
    return this.rows;
  }

  /**
   * Appends a row; an empty array leaves a blank one. Answers a promise only when the output is behind: await it before the next row, so that
   * memory stays bounded (awaiting undefined for every row would cost a third of the whole time).
   */
  writeRow(cells: Row): Promise<void> | undefined {
    if (this.rows >= EXCEL_MAX_ROWS) {
      throw new XlsxWriteError('XLSX_WRITE_TOO_MANY_ROWS', `a sheet holds at most ${EXCEL_MAX_ROWS} rows`, this.name);
    }
    if (cells.length > EXCEL_MAX_COLUMNS) {
      throw new XlsxWriteError(
        'XLSX_WRITE_TOO_MANY_COLUMNS',
        `a row holds at most ${EXCEL_MAX_COLUMNS} cells`,
        this.name,
      );
    }
    const number = this.rows + 1;
    let xml = '';
    for (let column = 0; column < cells.length; column++) xml += this.cellXml(cells[column], column, number);
    this.rows = number;
    if (xml === '') return undefined;
    this.pending += `<row r="${number}">${xml}</row>`;
    return this.pending.length >= CHUNK_CHARS ? this.flush() : undefined;
  }

  async writeRows(rows: Iterable<Row> | AsyncIterable<Row>): Promise<void> {
    if (Symbol.asyncIterator in rows) {
      for await (const row of rows) await this.writeRow(row);
      return;
    }
    for (const row of rows) {
      const behind = this.writeRow(row);
      if (behind) await behind;
    }
  }

  /** Called by the workbook when the next sheet begins or the workbook ends. */
  async close(): Promise<void> {
    this.pending += '</sheetData></worksheet>';
    await this.flush();
    await this.zip.endEntry();
  }

  private flush(): Promise<void> | undefined {
    const chunk = Buffer.from(this.pending, 'utf8');
    this.pending = '';
    return this.zip.write(chunk);
  }

  private cellXml(cell: Row[number], column: number, row: number): string {
    if (cell === null) return '';
    const at = (LETTERS[column] ?? columnName(column + 1)) + row;
    if (typeof cell === 'number') return `<c r="${at}"><v>${this.numberText(cell, at)}</v></c>`;
    if (typeof cell === 'string') return this.stringXml(cell, at);
    if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
    if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
    const serial = this.numberText(wallSecondsToSerial(cell.date, this.settings.date1904), at);
    return `<c r="${at}" s="${DATE_STYLE}"><v>${serial}</v></c>`;
  }

  private numberText(value: number, at: string): string {
    if (!Number.isFinite(value)) {
      throw new XlsxWriteError('XLSX_WRITE_NUMBER', `${value} is not a number a cell can hold`, `${this.name}!${at}`);
    }
    // -0 is 0 in every spreadsheet, and '-0' is a text to some readers.
    return value === 0 ? '0' : String(value);
  }

  private stringXml(text: string, at: string): string {
    if (text.length > EXCEL_MAX_TEXT) {
      const message = `a text holds at most ${EXCEL_MAX_TEXT} characters, this one has ${text.length}`;
      throw new XlsxWriteError('XLSX_WRITE_STRING_LENGTH', message, `${this.name}!${at}`);
    }
    const index = this.settings.sharedStrings?.indexOf(text);
    if (index !== undefined) return `<c r="${at}" t="s"><v>${index}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is>${textElement(text)}</is></c>`;
  }
}
