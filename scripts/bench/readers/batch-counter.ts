import { CellType, type RowBatch } from '@libs/xlsx';
import type { CellCount } from './cell-count';

/** Looks at the type and value of every cell of our reader's batches, as the peers' readers are made to do. */
export class BatchCounter {
  private rows = 0;
  private cells = 0;

  add({ rowCount, cellStart, cellType, cellNumber, cellText }: RowBatch): void {
    const last = cellStart[rowCount];
    for (let k = 0; k < last; k++) {
      const type = cellType[k];
      const isText = type === CellType.STRING || type === CellType.ERROR;
      if (isText ? cellText[k] !== undefined : !Number.isNaN(cellNumber[k])) this.cells += 1;
    }
    this.rows += rowCount;
  }

  result(sheets: number): CellCount {
    return { sheets, rows: this.rows, cells: this.cells };
  }
}
