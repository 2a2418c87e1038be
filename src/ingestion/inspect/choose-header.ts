import { isNullText } from '@libs/workbook';
import { CellType } from '@libs/xlsx';

/** A row kept until its sheet's header is known. */
export interface HeldRow {
  /** Excel's row number. */
  readonly row: number;
  readonly cells: readonly HeldCell[];
}

export interface HeldCell {
  /** Excel's column, from 1. */
  readonly column: number;
  readonly type: number;
  readonly number: number;
  readonly text: string | undefined;
}

/**
 * The header of a sheet that nobody described: the first of its first rows that holds nothing but different texts, and
 * at least half as many as the widest of these rows has cells. A title above a table is narrower than that; a table
 * without header has numbers or dates in its first row.
 *
 * @returns the position among `rows`, or -1
 */
export function chooseHeader(rows: readonly HeldRow[]): number {
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return rows.findIndex(({ cells }) => {
    const texts = cells.map(({ type, text }) => (type === CellType.STRING ? (text ?? '').trim() : ''));
    return (
      cells.length > 0 &&
      cells.length * 2 >= widest &&
      !texts.some((text) => isNullText(text)) &&
      new Set(texts).size === texts.length
    );
  });
}
