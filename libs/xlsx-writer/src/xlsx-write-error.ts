export type XlsxWriteErrorCode =
  | 'XLSX_WRITE_SHEET_NAME'
  | 'XLSX_WRITE_TOO_MANY_ROWS'
  | 'XLSX_WRITE_TOO_MANY_COLUMNS'
  | 'XLSX_WRITE_NUMBER'
  | 'XLSX_WRITE_STRING_LENGTH'
  | 'XLSX_WRITE_PART_NAME'
  | 'XLSX_WRITE_ORDER';

/** What the caller asked for cannot be in an .xlsx file. `place` is the sheet, cell or part. */
export class XlsxWriteError extends Error {
  constructor(
    readonly code: XlsxWriteErrorCode,
    message: string,
    readonly place: string,
  ) {
    super(`${code}: ${message} (${place})`);
    this.name = 'XlsxWriteError';
  }
}
