/** What a reader has visited. Readers that disagree here did not do the same work. */
export interface CellCount {
  sheets: number;
  /** rows with at least one cell, header rows included */
  rows: number;
  /** cells that hold something */
  cells: number;
}

/** A reader's program: visits every cell of every sheet. */
export type CountCells = (path: string) => Promise<CellCount>;
