import { figuresOfRows, isSame, rowsOf } from './compare';

describe('two computations of a figure', () => {
  it.each<[served: number | string | null | undefined, independent: number | string | null | undefined, same: boolean]>(
    [
      [26465, 26465, true],
      [26465, 26466, false],
      [0.1 + 0.2, 0.3, true],
      [0.3001, 0.3, false],
      [null, null, true],
      [null, 0, false],
      ['12', 12, false],
      [undefined, 0, false],
      [0, undefined, false],
      [undefined, undefined, false],
      [Number.NaN, Number.NaN, false],
    ],
  )('%p and %p are equal: %p', (served, independent, same) => {
    expect(isSame(served, independent)).toBe(same);
  });

  it('may differ by the rounding that the endpoint states, and no more', () => {
    expect(isSame(12.35, 12.3456, 2)).toBe(true);
    expect(isSame(12.35, 12.3449, 2)).toBe(false);
  });
});

describe('the figures of an answer', () => {
  it('are the fields of each row, by its key', () => {
    const rows = rowsOf({ wip: [{ fase_id: 3, wip_count: 2, p50: null }] }, 'wip');
    expect(figuresOfRows(rows, ({ fase_id }) => String(fase_id), ['wip_count', 'p50'])).toEqual({
      'wip_count of 3': 2,
      'p50 of 3': null,
    });
  });

  it('are not taken for absent when the list has another name', () => {
    expect(() => rowsOf({ orders: [] }, 'wip')).toThrow("The answer has no list 'wip': orders");
  });
});
