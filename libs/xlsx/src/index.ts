export { CellType, cellAddress, columnName, type RowBatch } from './cell-types';
export { serialToWallSeconds, wallSecondsToIso, wallSecondsToSerial } from './dates';
export { DEFAULT_LIMITS, type XlsxLimits } from './limits';
export { Workbook, type OpenOptions, type PartInfo, type SheetInfo } from './workbook';
export type { SheetState } from './workbook-part';
export { XLSX_ERROR_CODES, XlsxError, type XlsxErrorCode } from './xlsx-error';
export { readSheetsInThreads, type ReadSheetsOptions } from './read-sheets-in-threads';
export type { CreateVisitor, SheetVisitor, VisitorContext } from './sheet-visitor';
export { READER_VERSION } from './reader-version';
