import { CellType } from '@libs/xlsx';
import { chooseHeader, type HeldRow } from './choose-header';

/** Rows of cells by column; null is no cell. */
function rows(...contents: readonly (string | number | null)[][]): HeldRow[] {
  return contents.map((cells, i) => ({
    row: i + 1,
    cells: cells.flatMap((value, column) => {
      if (value === null) return [];
      const isText = typeof value === 'string';
      return [
        {
          column: column + 1,
          type: isText ? CellType.STRING : CellType.NUMBER,
          number: isText ? 0 : value,
          text: isText ? value : undefined,
        },
      ];
    }),
  }));
}

describe('chooseHeader', () => {
  it.each([
    ['the first row of texts', rows(['Id', 'Nome'], [1, 'Deck']), 0],
    ['the row below a title', rows(['Moldes da fábrica'], ['Id', 'Nome', 'Peso'], [1, 'Deck', 2]), 1],
    ['a header with a gap', rows(['Id', null, 'Peso'], [1, 'x', 2]), 0],
    ['a header below a line of numbers', rows([2025, 12], ['Id', 'Nome'], [1, 'Deck']), 1],
    ['the first of rows that are all texts', rows(['Cor', 'Tom'], ['azul', 'claro']), 0],
    ['no row with one text twice', rows(['azul', 'azul'], ['a', 'b']), 1],
    ['no row with a NULL', rows(['azul', 'NULL'], [1, 2]), -1],
    ['none among numbers', rows([1, 2], [3, 4]), -1],
    ['none of an empty sheet', rows(), -1],
  ])('takes %s', (_, sheet, expected) => {
    expect(chooseHeader(sheet)).toBe(expected);
  });
});
