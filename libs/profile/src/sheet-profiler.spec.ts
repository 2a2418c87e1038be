import fc from 'fast-check';
import { ColumnProfiler } from './column-profiler';
import { mergeParts } from './merge-parts';
import type { ColumnProfile, TopValue, ValueType } from './sheet-profile';
import { SheetProfiler, columnBounds, transferables, type ColumnSpec, type SheetProfilePart } from './sheet-profiler';

const DAY = 86_400;
type Cell = { type: ValueType; value: number | string } | null;

const COLUMNS: ColumnSpec[] = [
  { name: 'Id', trackKeys: true },
  { name: 'Value', trackKeys: false },
];

function profile(rows: readonly (readonly Cell[])[], columns = COLUMNS): SheetProfilePart {
  const profiler = new SheetProfiler(columns);
  for (const row of rows) {
    profiler.row();
    row.forEach((cell, column) => {
      if (cell === null) return;
      if (cell.type === 'number') profiler.number(column, cell.value as number);
      else if (cell.type === 'date') profiler.date(column, cell.value as number);
      else if (cell.type === 'boolean') profiler.boolean(column, cell.value as 0 | 1);
      else if (cell.type === 'text') profiler.text(column, cell.value as string);
      else profiler.error(column, cell.value as string);
    });
  }
  return profiler.finish();
}

const number = (value: number): Cell => ({ type: 'number', value });
const text = (value: string): Cell => ({ type: 'text', value });
const date = (value: number): Cell => ({ type: 'date', value });
const boolean = (value: 0 | 1): Cell => ({ type: 'boolean', value });
const error = (value: string): Cell => ({ type: 'error', value });

describe('SheetProfiler', () => {
  it('describes a column of every type', () => {
    const values = [number(0), number(0), number(2.5), number(-3), text('gelcoat'), text('gelcoat'), text('ção'), null];
    const more = [date(0), date(DAY), boolean(1), boolean(1), boolean(1), boolean(0), error('#N/A'), null];
    const { rows, columns } = mergeParts('S', [profile([...values, ...more].map((cell) => [null, cell]))]);
    expect(rows).toBe(16);
    expect(columns[1]).toEqual<ColumnProfile>({
      name: 'Value',
      rows: 16,
      nulls: 2,
      nullRate: 2 / 16,
      types: { number: 4, text: 3, date: 2, boolean: 4, error: 1 },
      // 0, 2.5, -3; gelcoat, ção; two days; both truths; #N/A
      distinct: 3 + 2 + 2 + 2 + 1,
      exact: true,
      numbers: { min: -3, max: 2.5, zeros: 2, fractions: 1 },
      dates: { min: '1970-01-01T00:00:00', max: '1970-01-02T00:00:00' },
      texts: { minLength: 3, maxLength: 7, numeric: 0, dated: 0 },
      topValues: [
        { type: 'boolean', value: true, count: 3 },
        { type: 'number', value: 0, count: 2 },
        { type: 'text', value: 'gelcoat', count: 2 },
      ],
      key: undefined,
    });
  });

  it('counts a column that no row filled as null throughout', () => {
    const [id] = mergeParts('S', [profile([[null, number(1)], [null]])]).columns;
    expect(id).toMatchObject({ nulls: 2, nullRate: 1, distinct: 0, exact: true, types: {}, topValues: [] });
  });

  it('has no null rate without rows', () => {
    expect(mergeParts('S', [profile([])]).columns[0]).toMatchObject({ rows: 0, nulls: 0, nullRate: null });
  });

  it('reads keys as the loader does: whole numbers, also as texts, and nothing else', () => {
    const ids = [
      number(7),
      text('7'),
      text(' 8,0 '),
      number(1.5),
      text('x'),
      text('1.5'),
      date(9),
      boolean(1),
      error('#REF!'),
    ];
    const { key, distinct } = mergeParts('S', [profile(ids.map((cell) => [cell]))]).columns[0];
    const values = Array.from(key?.values?.values ?? [], (value, i) => [value, key?.values?.counts[i]]);
    expect(values.sort()).toEqual([
      [7, 2],
      [8, 1],
    ]);
    // 1.5, x, '1.5', the date, the truth and the error
    expect(key?.unreadableRows).toBe(6);
    // As cells they are nine different things.
    expect(distinct).toBe(9);
  });

  it('names the ten most frequent values, equal counts in the order of values, those met once not at all', () => {
    const rows = Array.from({ length: 12 }, (_, i) => [number(i), number(i)]).flat();
    const [value] = mergeParts('S', [profile([...rows, number(99), number(11)].map((cell) => [cell]))]).columns;
    const first = { type: 'number', value: 11, count: 3 };
    const others = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n): TopValue => ({ type: 'number', value: n, count: 2 }));
    expect(value.topValues).toEqual([first, ...others]);
  });

  it('names ten values of all types together, of texts the most frequent as well', () => {
    const letters = [...'abcdefghijkl'].flatMap((letter) => [text(letter), text(letter)]);
    const numbers = [1, 2, 3, 1, 2, 3].map(number);
    const [, value] = mergeParts('S', [
      profile([...letters, text('l'), ...numbers, number(3)].map((cell) => [null, cell])),
    ]).columns;
    // l and 3 three times, the number first; then two numbers and six of the texts.
    expect(value.topValues?.map((top) => top.value)).toEqual([3, 'l', 1, 2, 'a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('says how many texts the loader reads as numbers and as dates', () => {
    const texts = ['0.666666666666667', '1,5', '1,5', '18/05/2021', '31/02/2021', 'Deck'];
    const [, column] = mergeParts('S', [profile(texts.map((value) => [null, text(value)]))]).columns;
    // 31/02 is no day of the calendar.
    expect(column.texts).toMatchObject({ numeric: 3, dated: 1 });
  });

  it('names equally frequent values in the order of their types', () => {
    const each = [error('#N/A'), boolean(1), boolean(0), date(DAY), text('x'), number(7)];
    const [value] = mergeParts('S', [profile([...each, ...each].map((cell) => [cell]))]).columns;
    expect(value.topValues).toEqual([
      { type: 'number', value: 7, count: 2 },
      { type: 'text', value: 'x', count: 2 },
      { type: 'date', value: '1970-01-02T00:00:00', count: 2 },
      { type: 'boolean', value: false, count: 2 },
      { type: 'boolean', value: true, count: 2 },
      { type: 'error', value: '#N/A', count: 2 },
    ]);
    // All 12 rows but the two with a 7.
    expect(value.key?.unreadableRows).toBe(10);
  });

  it('shows a text of 120 characters whole', () => {
    const [whole, cut] = ['a'.repeat(120), 'b'.repeat(121)];
    const rows = [whole, whole, cut, cut].map((value) => [null, text(value)]);
    const { topValues } = mergeParts('S', [profile(rows)]).columns[1];
    expect(topValues?.map(({ value }) => value)).toEqual([whole, `${'b'.repeat(119)}…`]);
  });

  it('cuts long texts in reports, never in counts', () => {
    const long = 'a'.repeat(500);
    const [, column] = mergeParts('S', [profile([long, long, `${long}b`].map((value) => [null, text(value)]))]).columns;
    expect(column.distinct).toBe(2);
    expect(column.topValues).toEqual([{ type: 'text', value: `${'a'.repeat(119)}…`, count: 2 }]);
  });
});

describe('mergeParts', () => {
  const anyCell: fc.Arbitrary<Cell> = fc.oneof(
    fc.constant(null),
    fc.oneof(fc.integer({ min: -2, max: 4 }), fc.double({ noNaN: true, noDefaultInfinity: true })).map(number),
    fc.oneof(fc.constantFrom('1', '2,0', 'NaN', 'Entregue'), fc.string()).map(text),
    fc.integer({ min: -3_000_000_000, max: 3_000_000_000 }).map(date),
    fc.constantFrom<0 | 1>(0, 1).map(boolean),
    fc.constantFrom('#N/A', '#REF!').map(error),
  );
  const sheet = fc.array(fc.tuple(anyCell, anyCell), { maxLength: 60 });

  it('counts any mix of cells as a Map of all of them would', () => {
    fc.assert(
      fc.property(sheet, (rows) => {
        const { columns } = mergeParts('S', [profile(rows)]);
        for (const column of [0, 1]) expect(columns[column]).toMatchObject(oracle(rows, column));
      }),
    );
  });

  it('makes of parts the profile of the whole, in any order', () => {
    const canonical = (part: SheetProfilePart | SheetProfilePart[]): unknown => {
      const { columns, ...rest } = mergeParts('S', Array.isArray(part) ? part : [part]);
      return {
        ...rest,
        columns: columns.map(({ key, ...column }) => ({
          ...column,
          key: sortedKey(key?.values),
          bad: key?.unreadableRows,
        })),
      };
    };
    fc.assert(
      fc.property(sheet, sheet, sheet, (a, b, c) => {
        const whole = canonical(profile([...a, ...b, ...c]));
        expect(canonical([profile(a), profile(b), profile(c)])).toEqual(whole);
        expect(canonical([profile(c), profile(a), profile(b)])).toEqual(whole);
      }),
    );
  });

  it('makes of estimates the estimate of the whole, and of exact parts that are too many together', () => {
    // 6,291,456 numbers of a sheet / 2,000 columns: 3,145 of each.
    const wide = Array.from({ length: 2_000 }, (_, i) => ({ name: `c${i}`, trackKeys: false }));
    const { numbers: bound } = columnBounds(wide.length);
    const range = (from: number, to: number): SheetProfilePart => {
      const profiler = new SheetProfiler(wide);
      for (let i = from; i < to; i += 1) {
        profiler.row();
        profiler.number(1, i / 4);
      }
      return profiler.finish();
    };
    const half = Math.ceil(bound / 2);
    const whole = mergeParts('S', [range(0, 2 * half + 1)]).columns[1];
    expect(whole.exact).toBe(false);
    expect(whole.topValues).toBeUndefined();
    expect(Math.abs(whole.distinct / (2 * half + 1) - 1)).toBeLessThan(3 * 0.01625);
    expect(mergeParts('S', [range(0, half), range(half, 2 * half + 1)]).columns[1]).toEqual(whole);
    expect(mergeParts('S', [range(0, bound)]).columns[1]).toMatchObject({ exact: true, distinct: bound });
  });

  it('matches columns by name, and counts a column that a part lacks as null there', () => {
    const first = profile([
      [number(1), text('a')],
      [number(2), text('b')],
    ]);
    const second = profile(
      [[text('c'), number(9)]],
      [
        { name: 'Value', trackKeys: false },
        { name: 'Extra', trackKeys: false },
      ],
    );
    const { rows, columns } = mergeParts('S', [first, second]);
    expect(rows).toBe(3);
    expect(columns.map(({ name, nulls, distinct }) => [name, nulls, distinct])).toEqual([
      ['Id', 1, 2],
      ['Value', 0, 3],
      ['Extra', 2, 1],
    ]);
  });

  it('keeps two columns of one name apart', () => {
    const twice = [
      { name: 'X', trackKeys: false },
      { name: 'X', trackKeys: false },
    ];
    const { columns } = mergeParts('S', [
      profile([[number(1), null]], twice),
      profile([[number(2), number(3)]], twice),
    ]);
    expect(columns.map(({ distinct, nulls }) => [distinct, nulls])).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });

  it('gives the same profile after crossing a thread boundary, its buffers moved and not copied', () => {
    const part = profile([
      [number(1), text('a')],
      [text('2'), date(5)],
      [number(1), error('#N/A')],
    ]);
    const expected = mergeParts('S', [structuredClone(part)]);
    const moved = structuredClone(part, { transfer: transferables(part) });
    expect(mergeParts('S', [moved])).toEqual(expected);
    expect(transferables(part).every((buffer) => buffer.byteLength === 0)).toBe(true);
  });

  it('moves every buffer of a part, exact or sketched', () => {
    // Bounds of nothing: one value is too many.
    const none = { numbers: 0, keys: 0, texts: { values: 0, length: 0 } };
    const columns = [columnBounds(1), none].map((bounds) => {
      const column = new ColumnProfiler('Id', true, bounds);
      for (const id of ['7', 'x']) column.text(id);
      column.number(1);
      column.date(DAY);
      column.error('#N/A');
      return column.part();
    });
    const buffers = (value: unknown): ArrayBuffer[] => {
      if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
      return typeof value === 'object' && value !== null ? Object.values(value).flatMap(buffers) : [];
    };
    const part = { rows: 2, columns };
    // Of five sets with counts: three have values of their own buffer, and texts are no buffers. Five sketches have one each.
    expect(buffers(part)).toHaveLength(3 * 2 + 2 + 5);
    expect(new Set(transferables(part))).toEqual(new Set(buffers(part)));
    expect(transferables(part)).toHaveLength(13);
    const plain = new ColumnProfiler('Value', false, none);
    expect(transferables({ rows: 0, columns: [plain.part()] })).toEqual([]);
    plain.number(1);
    expect(transferables({ rows: 1, columns: [plain.part()] })).toHaveLength(1);
  });
});

describe('memory', () => {
  it('of texts ends at so many characters in a column, however few the texts', () => {
    // 8,388,608 characters of a sheet / 128 columns: 65,536 of each, where 2,048 texts would fit.
    const profiler = new SheetProfiler(Array.from({ length: 128 }, (_, i) => ({ name: `c${i}`, trackKeys: false })));
    const add = (from: number, to: number): void => {
      for (let i = from; i < to; i += 1) profiler.text(0, `${i}`.padEnd(512, '-'));
    };
    const column = (): ColumnProfile => mergeParts('S', [profiler.finish()]).columns[0];
    // 65,536 / 512 = 128 texts fit
    add(0, 128);
    expect(column()).toMatchObject({ exact: true, distinct: 128 });
    add(128, 200);
    expect(column().exact).toBe(false);
    expect(Math.abs(column().distinct - 200)).toBeLessThanOrEqual(10);
  });

  it('of a sheet is shared among its columns', () => {
    // A column alone has its own bound; of 16 each has a sixteenth of the sheet's: 6,291,456, 262,144 and 8,388,608.
    expect(columnBounds(1)).toEqual({
      keys: 12_582_912,
      numbers: 786_432,
      texts: { values: 65_536, length: 4_194_304 },
    });
    expect(columnBounds(16)).toEqual({
      keys: 12_582_912,
      numbers: 393_216,
      texts: { values: 16_384, length: 524_288 },
    });
    expect(columnBounds(0)).toEqual(columnBounds(1));
    const { numbers, texts } = columnBounds(16_384);
    expect(16_384 * numbers).toBeLessThanOrEqual(0.75 * 2 ** 23);
    expect(16_384 * texts.values).toBeLessThanOrEqual(2 ** 18);
    expect(16_384 * texts.length).toBeLessThanOrEqual(2 ** 23);
  });
});

function sortedKey(counted: { values: Float64Array; counts: Uint32Array } | undefined): number[][] {
  const pairs = Array.from(counted?.values ?? [], (value, i) => [value, counted?.counts[i] ?? 0]);
  return pairs.sort(([a], [b]) => a - b);
}

/** The profile of a column, made from all its cells at once. */
function oracle(rows: readonly (readonly Cell[])[], column: number): Partial<ColumnProfile> {
  const cells = rows.map((row) => row[column]).filter((cell): cell is NonNullable<Cell> => cell !== null);
  const types: Partial<Record<ValueType, number>> = {};
  const counts = new Map<string, number>();
  for (const { type, value } of cells) {
    types[type] = (types[type] ?? 0) + 1;
    const id = `${type} ${Object.is(value, -0) ? 0 : value}`;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const of = (type: ValueType): number[] =>
    cells.filter((cell) => cell.type === type).map((cell) => Number(cell.value) + 0);
  const numbers = of('number');
  const dates = of('date');
  const lengths = cells.filter((cell) => cell.type === 'text').map((cell) => String(cell.value).length);
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);
  const most = [...counts.values()].filter((count) => count > 1).sort((a, b) => b - a);
  return {
    nulls: rows.length - cells.length,
    types,
    distinct: counts.size,
    exact: true,
    numbers:
      numbers.length === 0
        ? undefined
        : {
            min: Math.min(...numbers),
            max: Math.max(...numbers),
            zeros: numbers.filter((value) => value === 0).length,
            fractions: numbers.filter((value) => !Number.isInteger(value)).length,
          },
    dates: dates.length === 0 ? undefined : { min: iso(Math.min(...dates)), max: iso(Math.max(...dates)) },
    texts:
      lengths.length === 0
        ? undefined
        : (expect.objectContaining({
            minLength: Math.min(...lengths),
            maxLength: Math.max(...lengths),
          }) as ColumnProfile['texts']),
    topValues: most.slice(0, 10).map((count) => expect.objectContaining({ count }) as TopValue),
  };
}
