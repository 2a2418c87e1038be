/** What a cell holds. Empty cells are never handed out. */
export const CellType = { NUMBER: 1, STRING: 2, BOOLEAN: 3, DATE: 4, ERROR: 5 } as const;
export type CellType = (typeof CellType)[keyof typeof CellType];

export const MAX_COLUMN = 16_384;
export const MAX_ROW = 1_048_576;

/**
 * Rows of one sheet, column by column, so that reading allocates nothing per cell.
 *
 * Row i (0 <= i < rowCount) has the Excel row number `rowNumber[i]` and the cells
 * `cellStart[i] <= k < cellStart[i + 1]`, in ascending column order. Rows come in the order of the file and hold at
 * least one cell each; `rowCount` may be 0 (a long stretch of blank rows: only `bytesRead` moved).
 * The arrays are reused as soon as the next batch is asked for, and are longer than what they hold.
 */
export interface RowBatch {
  readonly sheet: string;
  readonly sheetIndex: number;
  readonly rowCount: number;
  /** from 1 */
  readonly rowNumber: Uint32Array;
  readonly cellStart: Uint32Array;
  /** from 1 */
  readonly cellColumn: Uint16Array;
  readonly cellType: Uint8Array;
  /** NUMBER its value; BOOLEAN 0 or 1; DATE the serial in the workbook's own date system; otherwise 0 */
  readonly cellNumber: Float64Array;
  /** STRING its text; ERROR its code (#N/A) or the stored text that is no value of its type; otherwise undefined */
  readonly cellText: readonly (string | undefined)[];
  /** inflated bytes of this sheet so far, of the `uncompressedBytes` that its directory entry states */
  readonly bytesRead: number;
}

/** 1 -> A, 26 -> Z, 27 -> AA, 16384 -> XFD. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** (12, 3) -> C12. Row and column from 1. */
export function cellAddress(row: number, column: number): string {
  return `${columnName(column)}${row}`;
}
