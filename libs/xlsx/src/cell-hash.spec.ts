import * as fc from 'fast-check';
import { CellHash } from './cell-hash';
import { CellType, type RowBatch } from './cell-types';

type TestCell = readonly [column: number, type: CellType, value: number | string];
type TestRow = readonly [row: number, cells: readonly TestCell[]];

function batchOf(rows: readonly TestRow[]): RowBatch {
  const cells = rows.flatMap(([, of]) => of);
  const starts = [0];
  for (const [, of] of rows) starts.push(starts[starts.length - 1] + of.length);
  return {
    sheet: 'S',
    sheetIndex: 0,
    rowCount: rows.length,
    rowNumber: Uint32Array.from(rows, ([row]) => row),
    cellStart: Uint32Array.from(starts),
    cellColumn: Uint16Array.from(cells, ([column]) => column),
    cellType: Uint8Array.from(cells, ([, type]) => type),
    cellNumber: Float64Array.from(cells, ([, , value]) => (typeof value === 'number' ? value : 0)),
    cellText: cells.map(([, , value]) => (typeof value === 'string' ? value : undefined)),
    bytesRead: 0,
  };
}

function hashOf(rows: readonly TestRow[], date1904 = false): string {
  const hash = new CellHash(date1904);
  hash.update(batchOf(rows));
  return hash.digest();
}

const ROWS: TestRow[] = [
  [
    1,
    [
      [1, CellType.STRING, 'ab'],
      [2, CellType.STRING, 'c'],
    ],
  ],
  [
    3,
    [
      [1, CellType.NUMBER, 1.5],
      [2, CellType.DATE, 45000.25],
      [4, CellType.BOOLEAN, 1],
    ],
  ],
];

describe('the hash of cells', () => {
  it('is the same for the same cells', () => {
    expect(hashOf(ROWS)).toBe(hashOf(structuredClone(ROWS)));
  });

  it.each<[string, TestRow[]]>([
    ['a value', [ROWS[0], [3, [[1, CellType.NUMBER, 1.6], ...ROWS[1][1].slice(1)]]]],
    ['a type', [ROWS[0], [3, [[1, CellType.DATE, 1.5], ...ROWS[1][1].slice(1)]]]],
    [
      'a column',
      [
        ROWS[0],
        [
          3,
          [
            [1, CellType.NUMBER, 1.5],
            [3, CellType.DATE, 45000.25],
            [4, CellType.BOOLEAN, 1],
          ],
        ],
      ],
    ],
    ['a row', [ROWS[0], [4, ROWS[1][1]]]],
    [
      'where one text ends',
      [
        [
          1,
          [
            [1, CellType.STRING, 'a'],
            [2, CellType.STRING, 'bc'],
          ],
        ],
        ROWS[1],
      ],
    ],
    [
      'half a surrogate pair',
      [
        [
          1,
          [
            [1, CellType.STRING, '\ud800b'],
            [2, CellType.STRING, 'c'],
          ],
        ],
        ROWS[1],
      ],
    ],
    [
      'a date by a second',
      [
        ROWS[0],
        [
          3,
          [
            [1, CellType.NUMBER, 1.5],
            [2, CellType.DATE, 45000.25 + 1 / 86400],
            [4, CellType.BOOLEAN, 1],
          ],
        ],
      ],
    ],
  ])('tells %s apart', (_, rows) => {
    expect(hashOf(rows)).not.toBe(hashOf(ROWS));
  });

  it('tells the date systems apart', () => {
    expect(hashOf(ROWS, true)).not.toBe(hashOf(ROWS));
    expect(hashOf([ROWS[0]], true)).not.toBe(hashOf([ROWS[0]]));
  });

  it('tells one half of a surrogate pair from another', () => {
    const text = (value: string): TestRow[] => [[1, [[1, CellType.STRING, value]]]];
    expect(hashOf(text('\ud800'))).not.toBe(hashOf(text('\ud801')));
  });

  it('takes no notice of the noise below a second in a date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61 * 86400, max: 60000 * 86400 }),
        fc.double({ min: -0.4, max: 0.4, noNaN: true }),
        (seconds, noise) => {
          const at = (serial: number): TestRow[] => [[1, [[1, CellType.DATE, serial]]]];
          expect(hashOf(at((seconds + noise) / 86400))).toBe(hashOf(at(seconds / 86400)));
        },
      ),
    );
  });
});
