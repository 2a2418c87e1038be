/** Every reason for which a file is refused. The table in docs/xlsx-reader.md says the same in words. */
export const XLSX_ERROR_CODES = [
  'XLSX_NOT_FOUND',
  'XLSX_UNREADABLE',
  'XLSX_EMPTY_FILE',
  'XLSX_NOT_ZIP',
  'XLSX_LEGACY_XLS',
  'XLSX_BINARY_WORKBOOK',
  'XLSX_NOT_A_WORKBOOK',
  'XLSX_ENCRYPTED',
  'XLSX_TRUNCATED',
  'XLSX_CORRUPT_ZIP',
  'XLSX_UNSUPPORTED_COMPRESSION',
  'XLSX_MISSING_PART',
  'XLSX_NO_SHEETS',
  'XLSX_CORRUPT_XML',
  'XLSX_DTD_FORBIDDEN',
  'XLSX_UNSUPPORTED_ENCODING',
  'XLSX_BAD_REFERENCE',
  'XLSX_BAD_SHARED_STRING',
  'XLSX_LIMIT_FILE_BYTES',
  'XLSX_LIMIT_ENTRIES',
  'XLSX_LIMIT_RATIO',
  'XLSX_LIMIT_BYTES',
  'XLSX_LIMIT_CELLS',
  'XLSX_LIMIT_STRING',
  'XLSX_LIMIT_SHARED_STRINGS',
  'XLSX_LIMIT_XML',
] as const;

export type XlsxErrorCode = (typeof XLSX_ERROR_CODES)[number];

const REMEDIES: Readonly<Record<XlsxErrorCode, string>> = {
  XLSX_NOT_FOUND: 'Check the path: there is no file there.',
  XLSX_UNREADABLE: 'Check that the path names an ordinary file that this user may read.',
  XLSX_EMPTY_FILE: 'The file has no bytes: copy or export it again.',
  XLSX_NOT_ZIP: 'This is not an .xlsx file whatever its name says: open it in its own program and save it as .xlsx.',
  XLSX_LEGACY_XLS: 'Open the .xls in Excel or LibreOffice and save it as .xlsx.',
  XLSX_BINARY_WORKBOOK: 'Open the .xlsb in Excel and save it as .xlsx.',
  XLSX_NOT_A_WORKBOOK: 'The file is an archive or document of another kind: save the workbook as .xlsx.',
  XLSX_ENCRYPTED: 'Open the file with its password and save it without one.',
  XLSX_TRUNCATED: 'The end of the file is missing: copy or download it again.',
  XLSX_CORRUPT_ZIP: 'The file is damaged: copy it again from the source, or let Excel repair it and save it anew.',
  XLSX_UNSUPPORTED_COMPRESSION: 'Save the workbook with Excel or LibreOffice: only stored and deflated parts are read.',
  XLSX_MISSING_PART: 'A part that the workbook names is not in the file: let Excel repair it and save it anew.',
  XLSX_NO_SHEETS: 'The workbook has no worksheet: export it again.',
  XLSX_CORRUPT_XML: 'The XML of this part is damaged: let Excel repair the file and save it anew.',
  XLSX_DTD_FORBIDDEN:
    'Workbooks never hold a DTD or entity declarations: treat the file as hostile, or save it anew with Excel.',
  XLSX_UNSUPPORTED_ENCODING: 'Workbook parts are UTF-8 or UTF-16: save the file anew with Excel.',
  XLSX_BAD_REFERENCE: 'A row or cell reference lies outside A1:XFD1048576: let Excel repair the file and save it anew.',
  XLSX_BAD_SHARED_STRING:
    'A cell names a shared string that does not exist: let Excel repair the file and save it anew.',
  XLSX_LIMIT_FILE_BYTES: 'Split the workbook, or raise the cap on the file size.',
  XLSX_LIMIT_ENTRIES: 'Remove embedded objects, or raise the cap on the number of parts.',
  XLSX_LIMIT_RATIO:
    'No ordinary workbook compresses this well: treat the file as hostile, or raise the cap on the ratio.',
  XLSX_LIMIT_BYTES: 'Split the workbook, or raise the cap on uncompressed bytes.',
  XLSX_LIMIT_CELLS: 'Split the workbook, or raise the cap on cells.',
  XLSX_LIMIT_STRING:
    'Excel itself holds 32,767 characters in a cell: shorten the text, or raise the cap on string length.',
  XLSX_LIMIT_SHARED_STRINGS: 'Split the workbook, or raise the cap on the memory of shared strings.',
  XLSX_LIMIT_XML: 'The XML is nested or attributed beyond any workbook: treat the file as hostile.',
};

/**
 * A workbook that is refused.
 * `place` is where: a part, a sheet, a cell or a byte offset. `remedy` is what the person holding the file can do.
 */
export class XlsxError extends Error {
  override readonly name = 'XlsxError';
  readonly remedy: string;

  constructor(
    readonly code: XlsxErrorCode,
    readonly detail: string,
    readonly place: string,
    remedy?: string,
  ) {
    super(`${code}: ${detail} (${place})`);
    this.remedy = remedy ?? REMEDIES[code];
  }
}
