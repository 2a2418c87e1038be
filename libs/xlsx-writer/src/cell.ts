export type ErrorText = '#NULL!' | '#DIV/0!' | '#VALUE!' | '#REF!' | '#NAME?' | '#NUM!' | '#N/A';

/** A date-time: whole seconds since 1970-01-01T00:00:00 on a wall clock without zone. */
export interface DateCell {
  date: number;
}

export interface ErrorCell {
  error: ErrorText;
}

/** null is a cell that is not there (the text `NULL` is a string like any other). */
export type Cell = number | string | boolean | DateCell | ErrorCell | null;

export type Row = readonly Cell[];

export const EXCEL_MAX_ROWS = 1_048_576;
export const EXCEL_MAX_COLUMNS = 16_384;
export const EXCEL_MAX_TEXT = 32_767;
export const EXCEL_MAX_SHEET_NAME = 31;
