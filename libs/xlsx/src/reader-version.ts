/** Changes whenever a workbook may read differently than before: what was read by another version is read again. */
export const READER_VERSION = 3;
