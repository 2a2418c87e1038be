import fc from 'fast-check';
import { ColumnProfiler, type ColumnBounds, type ColumnPart } from './column-profiler';
import type { NumberSet } from './distinct-numbers';
import type { TextSet } from './distinct-texts';
import { HyperLogLog } from './hyper-log-log';
import { describeColumn } from './sheet-profile';

/** So few that most columns of a test pass one of them. */
const BOUNDS: ColumnBounds = { numbers: 3, keys: 5, texts: { values: 4, length: 12 } };

type Cell = { put: 'number' | 'date'; value: number } | { put: 'text' | 'error'; value: string };

function column(cells: readonly Cell[], trackKeys = false): ColumnProfiler {
  const profiler = new ColumnProfiler('x', trackKeys, BOUNDS);
  for (const { put, value } of cells) profiler[put](value as never);
  return profiler;
}

const numbers = (...values: number[]): Cell[] => values.map((value) => ({ put: 'number', value }));
const dates = (...values: number[]): Cell[] => values.map((value) => ({ put: 'date', value }));
const texts = (...values: string[]): Cell[] => values.map((value) => ({ put: 'text', value }));
const errors = (...values: string[]): Cell[] => values.map((value) => ({ put: 'error', value }));
const partOf = (cells: readonly Cell[], trackKeys = false): ColumnPart => column(cells, trackKeys).part();

describe('ColumnProfiler', () => {
  it.each(['numbers', 'dates'] as const)('keeps as many %s as its bound, and a sketch from the next one on', (type) => {
    const kind = (...values: number[]): string | undefined =>
      partOf(type === 'numbers' ? numbers(...values) : dates(...values))[type]?.distinct.kind;
    expect(kind(60, 120, 180, 60, 180)).toBe('exact');
    expect(kind(60, 120, 180, 240)).toBe('sketch');
  });

  it('keeps of a key column more numbers, and as many of those that it holds as texts', () => {
    const ids = [1, 2, 3, 4, 5];
    const { numbers: five, textKeys } = partOf([...numbers(...ids), ...texts(...ids.map(String))], true);
    expect(five?.distinct.kind).toBe('exact');
    expect(textKeys?.keys.kind).toBe('exact');
    expect(partOf(numbers(...ids, 6), true).numbers?.distinct.kind).toBe('sketch');
    expect(partOf(texts(...ids.map(String), '6'), true).textKeys?.keys.kind).toBe('sketch');
    // The bound of the keys is not that of their dates.
    expect(partOf(dates(...ids), true).dates?.distinct.kind).toBe('sketch');
  });

  it('gives texts up by their number or by their length, whichever comes first', () => {
    const kind = (cells: Cell[]): string | undefined => (partOf(cells).texts ?? partOf(cells).errors)?.distinct.kind;
    expect(kind(texts('a', 'b', 'c', 'd', 'a'))).toBe('exact');
    expect(kind(texts('a', 'b', 'c', 'd', 'e'))).toBe('sketch');
    // 6 + 6 = 12 characters fit, the repeated ones counted once; 6 + 7 do not.
    expect(kind(texts('abcdef', 'ghijkl', 'abcdef'))).toBe('exact');
    expect(kind(texts('abcdef', 'ghijklm'))).toBe('sketch');
    expect(kind(errors('#N/A', '#REF!', '#NUM!'))).toBe('sketch');
  });

  it('has keys among texts only where it is a key column that holds texts', () => {
    expect(partOf(texts('7')).textKeys).toBeUndefined();
    expect(partOf(numbers(7), true).textKeys).toBeUndefined();
    expect(partOf(texts('7', '8', '7', 'x', '9007199254740993'), true).textKeys).toMatchObject({
      keys: { kind: 'exact', values: Float64Array.of(7, 8), counts: Uint32Array.of(2, 1) },
      // x, and 2^53 + 1, which no number of 53 bits is
      unreadable: 2,
    });
  });

  it('takes -0 for 0 wherever it stands', () => {
    for (const cells of [numbers(-0), numbers(-0, 0), numbers(0, -0)]) {
      const { min, max, zeros, distinct } = partOf(cells).numbers!;
      expect([min, max, zeros]).toEqual([0, 0, cells.length]);
      expect(distinct).toMatchObject({ kind: 'exact', values: Float64Array.of(0) });
    }
    // In a sketch as well.
    expect(canonical(partOf(numbers(1, 2, 3, 0)))).toEqual(canonical(partOf(numbers(1, 2, 3, -0))));
  });

  it('makes of parts the part of the whole, sketches and exact sets in any mixture', () => {
    const cell = fc.oneof(
      fc.integer({ min: 0, max: 6 }).map((value): Cell => ({ put: 'number', value })),
      fc.integer({ min: 0, max: 6 }).map((value): Cell => ({ put: 'date', value })),
      fc
        .constantFrom('1', '2', '3,0', '4', '5', '6', 'x', 'yyyy', '1.5')
        .map((value): Cell => ({ put: 'text', value })),
      fc.constantFrom('#N/A', '#REF!', '#NAME?', '#NUM!').map((value): Cell => ({ put: 'error', value })),
    );
    const cells = fc.array(cell, { maxLength: 20 });
    fc.assert(
      fc.property(cells, cells, cells, fc.boolean(), (a, b, c, trackKeys) => {
        const whole = canonical(partOf([...a, ...b, ...c], trackKeys));
        for (const parts of [
          [a, b, c],
          [c, a, b],
        ]) {
          const merged = new ColumnProfiler('x', trackKeys, BOUNDS);
          for (const part of parts) merged.absorb(partOf(part, trackKeys));
          expect(canonical(merged.part())).toEqual(whole);
        }
        // More cells after parts were taken in are counted like any others.
        const grown = column(a, trackKeys);
        grown.absorb(partOf(b, trackKeys));
        for (const { put, value } of c) grown[put](value as never);
        expect(canonical(grown.part())).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('makes of the distinct values the sketch that they alone would have made', () => {
    const sketch = new HyperLogLog();
    for (const value of [1, 2.5, 3, 4, 5]) sketch.addNumber(value);
    expect(partOf(numbers(4, 1, 2.5, 1, 3, 5, 5)).numbers?.distinct).toEqual({
      kind: 'sketch',
      registers: sketch.registers,
    });
    const words = new HyperLogLog();
    for (const value of ['a', 'b', 'c', 'd', 'e', 'f']) words.addText(value);
    expect(partOf(texts('f', 'a', 'b', 'a', 'c', 'd', 'e')).texts?.distinct).toEqual({
      kind: 'sketch',
      registers: words.registers,
    });
  });
});

describe('describeColumn', () => {
  it('says of texts that were given up how long they were, and nothing of what they read as', () => {
    const few = describeColumn(partOf(texts('1', '2021-05-18', '1')), 3);
    expect(few.texts).toEqual({ minLength: 1, maxLength: 10, numeric: 2, dated: 1 });
    const many = describeColumn(partOf(texts('1', '2', '3', '4', '2021-05-18')), 5);
    expect(many).toMatchObject({ exact: false, distinct: 5, types: { text: 5 } });
    expect(many.texts).toEqual({ minLength: 1, maxLength: 10 });
    expect(many.topValues).toBeUndefined();
  });

  it('has no keys where there were too many, but the rows that are none', () => {
    const unreadable = [...texts('x'), ...dates(60)];
    const six = numbers(1, 2, 3, 4, 5, 6);
    expect(describeColumn(partOf([...six, ...unreadable], true), 8).key).toEqual({ unreadableRows: 2 });
    const asTexts = texts('1', '2', '3', '4', '5', '6');
    expect(describeColumn(partOf([...asTexts, ...unreadable], true), 8).key).toEqual({ unreadableRows: 2 });
  });

  it.each([
    ['beyond 53 bits above', [7, 2 ** 53, 2 ** 53], 2],
    ['beyond 53 bits below', [7, -(2 ** 53)], 1],
    ['not whole', [7, 7.5, 7.5, 8.5], 3],
  ])('takes no number for a key that is %s', (_what, ids, unreadableRows) => {
    const { key } = describeColumn(partOf(numbers(...ids), true), ids.length);
    expect(key).toEqual({
      values: { values: Float64Array.of(7), counts: Uint32Array.of(1) },
      unreadableRows,
    });
  });

  it('has for keys whole numbers alone, also where the smallest and the largest of all are whole', () => {
    const { key } = describeColumn(partOf(numbers(7, 7.5, 8), true), 3);
    expect(key).toEqual({ values: { values: Float64Array.of(7, 8), counts: Uint32Array.of(1, 1) }, unreadableRows: 1 });
  });

  it('has for keys those written as texts beside whole numbers', () => {
    const { key } = describeColumn(partOf([...numbers(7, 8), ...texts('8', '9')], true), 4);
    expect(key).toEqual({
      values: { values: Float64Array.of(7, 8, 9), counts: Uint32Array.of(1, 2, 1) },
      unreadableRows: 0,
    });
  });

  it('has for keys the largest and smallest whole numbers of 53 bits', () => {
    const { key } = describeColumn(partOf(numbers(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER), true), 2);
    expect(key?.unreadableRows).toBe(0);
    expect([...key!.values!.values].sort((a, b) => a - b)).toEqual([Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });
});

/** A part whose values stand in order, so that equal parts are equal. */
function canonical(part: ColumnPart): unknown {
  const sorted = (set: NumberSet | TextSet | undefined): unknown => {
    if (set?.kind === 'sketch') return Buffer.from(set.registers).toString('latin1');
    if (set === undefined) return undefined;
    const pairs = [...set.values].map((value, i) => `${value} ${set.counts[i]}`);
    return pairs.sort();
  };
  const { numbers: ofNumbers, dates: ofDates, texts: ofTexts, errors: ofErrors, textKeys, ...rest } = part;
  return {
    ...rest,
    numbers: ofNumbers && { ...ofNumbers, distinct: sorted(ofNumbers.distinct) },
    dates: ofDates && { ...ofDates, distinct: sorted(ofDates.distinct) },
    texts: ofTexts && { ...ofTexts, distinct: sorted(ofTexts.distinct) },
    errors: ofErrors && { ...ofErrors, distinct: sorted(ofErrors.distinct) },
    textKeys: textKeys && { ...textKeys, keys: sorted(textKeys.keys) },
  };
}
