export { type Cell, type DateCell, type ErrorCell, type ErrorText, type Row } from './cell';
export { EXCEL_MAX_COLUMNS, EXCEL_MAX_ROWS, EXCEL_MAX_SHEET_NAME, EXCEL_MAX_TEXT } from './cell';
export { SheetWriter } from './sheet-writer';
export { customPropertiesPart, type ExtraPart } from './workbook-parts';
export { writeWorkbook, type WorkbookContent } from './write-workbook';
export { XlsxWriteError, type XlsxWriteErrorCode } from './xlsx-write-error';
export { XlsxWriter, type XlsxWriterOptions } from './xlsx-writer';
export { whenClosed } from './when-closed';
