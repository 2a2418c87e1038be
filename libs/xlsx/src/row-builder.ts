import { CellType, cellAddress, MAX_COLUMN, MAX_ROW, type RowBatch } from './cell-types';
import type { XlsxLimits } from './limits';
import { XlsxError } from './xlsx-error';

/** A batch also ends when its texts reach this many UTF-16 units, so that long texts do not pile up. */
const BATCH_UNITS = 4 * 2 ** 20;

/**
 * The batch being filled. Both scanners, the fast one and the general one, write into these arrays; the fast one keeps
 * the counters in local variables while it runs and writes them back.
 *
 * Cells come in the order of the file. A row whose cells do not ascend is put in order when it ends, and of two cells
 * with one address the later one stays. Rows are not reordered: one that goes backwards or comes twice is handed out
 * where it stands, with its number (no stream could do otherwise in bounded memory).
 */
export class RowBuilder {
  readonly rowNumber: Uint32Array;
  readonly cellStart: Uint32Array;
  readonly cellColumn: Uint16Array;
  readonly cellType: Uint8Array;
  readonly cellNumber: Float64Array;
  readonly cellText: (string | undefined)[];
  readonly capacity: number;

  rows = 0;
  cells = 0;
  /** the row that is being filled, and the index of its first cell */
  row = 0;
  rowFirstCell = 0;
  /** the last column seen in this row, cells without value included */
  lastColumn = 0;
  isOutOfOrder = false;
  /** UTF-16 units of text in this batch, and where the row's cap on them lies */
  units = 0;
  unitsCap = 0;

  constructor(
    readonly sheet: string,
    readonly sheetIndex: number,
    readonly batchCells: number,
    private readonly limits: XlsxLimits,
  ) {
    // A row begins only while there are fewer than batchCells cells, so the widest one still fits.
    this.capacity = batchCells + MAX_COLUMN;
    this.rowNumber = new Uint32Array(this.capacity);
    this.cellStart = new Uint32Array(this.capacity + 1);
    this.cellColumn = new Uint16Array(this.capacity);
    this.cellType = new Uint8Array(this.capacity);
    this.cellNumber = new Float64Array(this.capacity);
    this.cellText = new Array<string | undefined>(this.capacity).fill(undefined);
  }

  get isFull(): boolean {
    return this.rowFirstCell === this.cells && (this.cells >= this.batchCells || this.units >= BATCH_UNITS);
  }

  place(column: number): string {
    return `sheet ${this.sheet}, cell ${cellAddress(this.row, column)}`;
  }

  beginRow(row: number): void {
    if (!(row >= 1 && row <= MAX_ROW)) {
      throw new XlsxError('XLSX_BAD_REFERENCE', `row ${row}`, `sheet ${this.sheet}, row after ${this.row}`);
    }
    this.row = row;
    this.rowFirstCell = this.cells;
    this.lastColumn = 0;
    this.isOutOfOrder = false;
    this.unitsCap = this.units + this.limits.rowTextLength;
  }

  /** Moves to the column of the next cell, whether or not it will hold a value. */
  moveTo(column: number): void {
    if (!(column >= 1 && column <= MAX_COLUMN)) {
      throw new XlsxError('XLSX_BAD_REFERENCE', `column ${column}`, `sheet ${this.sheet}, row ${this.row}`);
    }
    if (column <= this.lastColumn) this.isOutOfOrder = true;
    this.lastColumn = column;
  }

  addNumber(type: CellType, value: number): void {
    this.refuseOverflow();
    this.cellColumn[this.cells] = this.lastColumn;
    this.cellType[this.cells] = type;
    this.cellNumber[this.cells] = value;
    this.cellText[this.cells++] = undefined;
  }

  /** An empty text is an empty cell. */
  addText(type: CellType, text: string): void {
    if (text === '') return;
    if (text.length > this.limits.stringLength) {
      const detail = `a text of more than ${this.limits.stringLength} characters`;
      throw new XlsxError('XLSX_LIMIT_STRING', detail, this.place(this.lastColumn));
    }
    this.refuseOverflow();
    this.cellColumn[this.cells] = this.lastColumn;
    this.cellType[this.cells] = type;
    this.cellNumber[this.cells] = 0;
    this.cellText[this.cells++] = text;
    this.units += text.length;
    if (this.units > this.unitsCap) {
      const detail = `more than ${this.limits.rowTextLength} characters in one row`;
      throw new XlsxError('XLSX_LIMIT_STRING', detail, this.place(this.lastColumn));
    }
  }

  refuseOverflow(): void {
    if (this.cells < this.capacity) return;
    const detail = `more than ${MAX_COLUMN} cells in one row`;
    throw new XlsxError('XLSX_BAD_REFERENCE', detail, this.place(this.lastColumn));
  }

  /** A row without cells leaves no trace but its number, from which rows without r count on. */
  endRow(): void {
    if (this.cells === this.rowFirstCell) return;
    if (this.isOutOfOrder) this.sortRow();
    this.rowNumber[this.rows] = this.row;
    this.cellStart[this.rows++] = this.rowFirstCell;
    this.cellStart[this.rows] = this.cells;
    this.rowFirstCell = this.cells;
  }

  takeBatch(bytesRead: number): RowBatch {
    const { sheet, sheetIndex, rowNumber, cellStart, cellColumn, cellType, cellNumber, cellText } = this;
    return {
      sheet,
      sheetIndex,
      rowCount: this.rows,
      rowNumber,
      cellStart,
      cellColumn,
      cellType,
      cellNumber,
      cellText,
      bytesRead,
    };
  }

  /** Forgets the batch that was handed out. Only between rows. */
  clear(): void {
    this.rows = 0;
    this.cells = 0;
    this.rowFirstCell = 0;
    this.units = 0;
    this.unitsCap = this.limits.rowTextLength;
  }

  private sortRow(): void {
    const { rowFirstCell: first, cells, cellColumn, cellType, cellNumber, cellText } = this;
    const lastOfColumn = new Map<number, number>();
    for (let k = first; k < cells; k++) lastOfColumn.set(cellColumn[k], k);
    const sorted = [...lastOfColumn].sort(([a], [b]) => a - b);
    const types = sorted.map(([, k]) => cellType[k]);
    const numbers = sorted.map(([, k]) => cellNumber[k]);
    const texts = sorted.map(([, k]) => cellText[k]);
    sorted.forEach(([column], i) => {
      cellColumn[first + i] = column;
      cellType[first + i] = types[i];
      cellNumber[first + i] = numbers[i];
      cellText[first + i] = texts[i];
    });
    this.cells = first + sorted.length;
  }
}
