import { CellType, cellAddress, columnName, MAX_COLUMN, MAX_ROW } from './cell-types';
import { resolveLimits } from './limits';
import { RowBuilder } from './row-builder';
import { batchCells, type ReadCell } from './testing/read-cells';

const builder = (batch = 100, limits = {}): RowBuilder => new RowBuilder('Fases', 3, batch, resolveLimits(limits));
const cellsOf = (rows: RowBuilder): ReadCell[] => batchCells(rows.takeBatch(0), false);
/** A row of these numbers by column. */
function addRow(rows: RowBuilder, row: number, cells: [column: number, value: number][]): void {
  rows.beginRow(row);
  for (const [column, value] of cells) {
    rows.moveTo(column);
    rows.addNumber(CellType.NUMBER, value);
  }
  rows.endRow();
}
const refusal = (code: string, place: string): Error => expect.objectContaining({ code, place }) as Error;

describe('addresses', () => {
  it.each([
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [52, 'AZ'],
    [53, 'BA'],
    [702, 'ZZ'],
    [703, 'AAA'],
    [16_384, 'XFD'],
  ])('name column %p %s', (column, name) => {
    expect(columnName(column)).toBe(name);
    expect(cellAddress(12, column)).toBe(`${name}12`);
  });
});

describe('a batch', () => {
  it('holds rows that have cells, each with where its cells begin and end', () => {
    const rows = builder();
    addRow(rows, 5, [[2, 1.5], [3, 2.5]]); // prettier-ignore
    addRow(rows, 6, []);
    addRow(rows, 7, [[1, 3.5]]);
    const batch = rows.takeBatch(77);
    expect(batch).toMatchObject({ sheet: 'Fases', sheetIndex: 3, rowCount: 2, bytesRead: 77 });
    expect([...batch.rowNumber.subarray(0, 2)]).toEqual([5, 7]);
    expect([...batch.cellStart.subarray(0, 3)]).toEqual([0, 2, 3]);
    expect(cellsOf(rows)).toEqual([['B5', 1.5], ['C5', 2.5], ['A7', 3.5]]); // prettier-ignore
  });

  it('gives each kind of cell what it holds, and nothing of what stood there before', () => {
    const rows = builder();
    addRow(rows, 1, [[1, 5], [2, 6]]); // prettier-ignore
    rows.clear();
    rows.beginRow(1);
    rows.moveTo(1);
    rows.addText(CellType.STRING, 'a');
    rows.moveTo(2);
    rows.addText(CellType.ERROR, '');
    rows.moveTo(3);
    rows.addText(CellType.ERROR, '#N/A');
    rows.moveTo(4);
    rows.addNumber(CellType.BOOLEAN, 1);
    rows.endRow();
    expect(cellsOf(rows)).toEqual([['A1', 'a'], ['C1', 'e:#N/A'], ['D1', true]]); // prettier-ignore
    expect([...rows.cellNumber.subarray(0, 3)]).toEqual([0, 0, 1]);
    expect(rows.cellText.slice(0, 3)).toEqual(['a', '#N/A', undefined]);
    rows.clear();
    addRow(rows, 1, [[1, 7]]);
    expect([rows.cellText[0], cellsOf(rows)]).toEqual([undefined, [['A1', 7]]]);
  });

  it('puts the cells of a row in order with all that they hold, and keeps the later of two', () => {
    const rows = builder();
    addRow(rows, 1, [[9, 9]]);
    rows.beginRow(2);
    for (const [column, text] of [
      [3, 'c'],
      [1, 'a'],
      [2, ''],
      [3, 'C'],
      [2, 'b'],
    ] as const) {
      // prettier-ignore
      rows.moveTo(column);
      if (text === '') rows.addNumber(CellType.NUMBER, 2);
      else rows.addText(CellType.STRING, text);
    }
    rows.endRow();
    addRow(rows, 3, [[1, 1]]);
    // the row before and the row behind stay as they were
    const expected = [['I1', 9], ['A2', 'a'], ['B2', 'b'], ['C2', 'C'], ['A3', 1]]; // prettier-ignore
    expect(cellsOf(rows)).toEqual(expected);
  });

  it('keeps the later of two cells that follow each other', () => {
    const rows = builder();
    addRow(rows, 1, [[1, 1], [1, 2], [2, 3]]); // prettier-ignore
    addRow(rows, 2, [[1, 4]]);
    expect(cellsOf(rows)).toEqual([['A1', 2], ['B1', 3], ['A2', 4]]); // prettier-ignore
  });

  it('is full with the row that reaches its size, and not inside it', () => {
    const rows = builder(3);
    addRow(rows, 1, [[1, 1], [2, 2]]); // prettier-ignore
    expect(rows.isFull).toBe(false);
    rows.beginRow(2);
    rows.moveTo(1);
    rows.addNumber(CellType.NUMBER, 1);
    expect(rows.isFull).toBe(false);
    rows.endRow();
    expect(rows.isFull).toBe(true);
    rows.clear();
    expect([rows.isFull, rows.takeBatch(0).rowCount]).toEqual([false, 0]);
  });

  it('is full with 4 Mi characters of text', () => {
    const rows = builder(100, { stringLength: 2 ** 22 });
    const add = (length: number): boolean => {
      rows.beginRow(1);
      rows.moveTo(1);
      rows.addText(CellType.STRING, 'x'.repeat(length));
      rows.endRow();
      return rows.isFull;
    };
    expect([add(2 ** 22 - 1), add(1)]).toEqual([false, true]);
    rows.clear();
    expect(add(1)).toBe(false);
  });
});

describe('what is refused', () => {
  it('rows and columns that Excel does not have', () => {
    const rows = builder();
    for (const row of [1, MAX_ROW]) expect(() => rows.beginRow(row)).not.toThrow();
    for (const row of [0, MAX_ROW + 1, NaN]) {
      expect(() => rows.beginRow(row)).toThrow(refusal('XLSX_BAD_REFERENCE', 'sheet Fases, row after 1048576'));
    }
    for (const column of [1, MAX_COLUMN]) expect(() => rows.moveTo(column)).not.toThrow();
    for (const column of [0, MAX_COLUMN + 1, NaN]) {
      expect(() => rows.moveTo(column)).toThrow(refusal('XLSX_BAD_REFERENCE', 'sheet Fases, row 1048576'));
    }
  });

  it('more cells in a row than a batch has room for', () => {
    const rows = builder(1);
    rows.beginRow(1);
    rows.moveTo(2);
    // a batch of one and a row of all columns
    for (let i = 0; i < 1 + MAX_COLUMN; i++) rows.addNumber(CellType.NUMBER, i);
    const full = refusal('XLSX_BAD_REFERENCE', 'sheet Fases, cell B1');
    expect(() => rows.addNumber(CellType.NUMBER, 1)).toThrow(full);
    expect(() => rows.addText(CellType.STRING, 'a')).toThrow(full);
    expect(() => rows.addText(CellType.STRING, '')).not.toThrow();
  });

  it('texts longer than the cap, alone and in one row', () => {
    const rows = builder(100, { stringLength: 4, rowTextLength: 6 });
    const begin = (row: number): void => {
      rows.beginRow(row);
      rows.moveTo(2);
      rows.addText(CellType.STRING, 'abcd');
      rows.moveTo(3);
    };
    begin(1);
    expect(() => rows.addText(CellType.STRING, 'abcde')).toThrow(refusal('XLSX_LIMIT_STRING', 'sheet Fases, cell C1'));
    rows.addText(CellType.STRING, 'ab');
    expect(() => rows.addText(CellType.STRING, 'a')).toThrow(refusal('XLSX_LIMIT_STRING', 'sheet Fases, cell C1'));
    rows.endRow();
    // each row has the cap for itself
    begin(2);
    expect(() => rows.addText(CellType.STRING, 'ab')).not.toThrow();
    rows.endRow();
    rows.clear();
    begin(3);
    expect(() => rows.addText(CellType.STRING, 'abc')).toThrow(refusal('XLSX_LIMIT_STRING', 'sheet Fases, cell C3'));
  });
});
