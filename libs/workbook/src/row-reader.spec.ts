import { createHash } from 'node:crypto';
import { factoryZone } from '@libs/factory-time';
import { CellType } from '@libs/xlsx';
import { CellState, RowReader, type SheetDefinition } from './index';

type Cell = number | string | boolean | { serial: number } | { error: string };
type Row = Record<string, Cell>;

const DEFINITION: SheetDefinition = {
  entity: 'modelos',
  sheet: 'Test',
  key: ['id'],
  interval: { from: 'begin', to: 'end', reject: true },
  columns: [
    { header: 'Id', column: 'id', type: 'id' },
    { header: 'Count', column: 'count', type: 'integer' },
    { header: 'Share', column: 'share', type: 'number' },
    { header: 'Name', column: 'name', type: 'text' },
    { header: 'Begin', column: 'begin', type: 'date', event: true, required: true },
    { header: 'End', column: 'end', type: 'date' },
    { header: 'Severity', column: 'severity', type: 'severity' },
  ],
};
const POSITION = Object.fromEntries(DEFINITION.columns.map(({ column }, i) => [column, i]));
const CLOCK = '2025-12-11T12:00:00Z';
const seconds = (iso: string): number => Date.parse(iso) / 1000;
/** A row with which nothing is wrong. */
const SOUND: Row = { id: 1, begin: '2025-01-02 08:00', severity: 1 };

function read(cells: Row, definition = DEFINITION): RowReader {
  const reader = new RowReader(definition, {
    zone: factoryZone('Europe/Lisbon'),
    date1904: false,
    clockSeconds: seconds(CLOCK),
  });
  return put(reader, cells);
}

function put(reader: RowReader, cells: Row): RowReader {
  reader.begin();
  for (const [name, cell] of Object.entries(cells)) {
    const column = POSITION[name];
    if (typeof cell === 'number') reader.set(column, CellType.NUMBER, cell, undefined);
    else if (typeof cell === 'boolean') reader.set(column, CellType.BOOLEAN, cell ? 1 : 0, undefined);
    else if (typeof cell === 'string') reader.set(column, CellType.STRING, 0, cell);
    else if ('error' in cell) reader.set(column, CellType.ERROR, 0, cell.error);
    else reader.set(column, CellType.DATE, cell.serial, undefined);
  }
  reader.finish();
  return reader;
}

/** What a cell is read as: its value where it has one, else why not. */
function value(name: string, cell: Cell): unknown {
  const reader = read({ ...SOUND, [name]: cell });
  const state = reader.states[POSITION[name]];
  if (state === CellState.OK) return name === 'name' ? reader.texts[POSITION[name]] : reader.numbers[POSITION[name]];
  return Object.entries(CellState).find(([, code]) => code === state)?.[0];
}

describe('a number', () => {
  it.each<[string, Cell, unknown]>([
    ['count', 2_147_483_647, 2_147_483_647],
    ['count', -2_147_483_647, -2_147_483_647],
    ['count', 2_147_483_648, 'INVALID'],
    ['count', -2_147_483_649, 'INVALID'],
    ['count', 1.5, 'INVALID'],
    ['count', ' 12 ', 12],
    ['count', true, 1],
    ['count', false, 0],
    ['count', { serial: 5 }, 'INVALID'],
    ['count', { error: '#N/A' }, 'ERROR'],
    ['count', 'null', 'NULL'],
    ['id', 9_007_199_254_740_991, 9_007_199_254_740_991],
    ['id', 9_007_199_254_740_992, 'INVALID'],
    ['id', true, 'INVALID'],
    ['share', 0.25, 0.25],
    ['share', '1e999', 'INVALID'],
    ['share', Infinity, 'INVALID'],
    ['share', true, 'INVALID'],
    ['severity', 2.5, 2.5],
  ])('of the column %s that is %j is read as %j', (name, cell, expected) => {
    expect(value(name, cell)).toBe(expected);
  });

  it('is never less than nothing where it is nothing', () => {
    expect(Object.is(value('share', -0), 0)).toBe(true);
  });
});

it.each<[Cell, unknown]>([
  ['ção', 'ção'],
  [5, '5'],
  [true, 'TRUE'],
  [false, 'FALSE'],
  [{ serial: 45734.5 }, '2025-03-18T12:00:00'],
  [{ serial: 1e7 }, '10000000'],
  ['a\u0000b\ud800', 'a\ufffdb\ufffd'],
  [' NULL ', 'NULL'],
  [{ error: '#REF!' }, 'ERROR'],
])('a text that is the cell %j is read as %j', (cell, expected) => {
  expect(value('name', cell)).toBe(expected);
});

describe('a date', () => {
  it.each<[Cell, unknown]>([
    // Serial 18264 is 1950-01-01; of that winter the factory's clock was UTC.
    [{ serial: 18264 }, seconds('1950-01-01T00:00:00Z')],
    [18264, seconds('1950-01-01T00:00:00Z')],
    [{ serial: 18263.99998 }, 'SENTINEL'],
    ['1949-12-31 23:59:59', 'SENTINEL'],
    ['2025-07-01 08:30', seconds('2025-07-01T07:30:00Z')],
    ['2025-07-01T08:30:00+02:00', seconds('2025-07-01T06:30:00Z')],
    ['0001-01-01', 'SENTINEL'],
    ['0000-12-31', 'INVALID'],
    ['9999-12-31 23:59:59', seconds('9999-12-31T23:59:59Z')],
    // 2958465 is 9999-12-31, the last day.
    [{ serial: 2958465 }, seconds('9999-12-31T00:00:00Z')],
    [{ serial: 2958466 }, 'INVALID'],
    // -693594 is 0001-01-01, the first day.
    [{ serial: -693_594 }, 'SENTINEL'],
    [{ serial: -693_595 }, 'INVALID'],
    ['2025-02-30', 'INVALID'],
    [true, 'INVALID'],
    [{ error: '#VALUE!' }, 'ERROR'],
  ])('that is the cell %j is read as %j', (cell, expected) => {
    expect(value('end', cell)).toBe(expected);
  });

  it('of an event may lie one day after the load, as clocks differ, and not a second more', () => {
    expect(value('begin', '2025-12-12T12:00:00Z')).toBe(seconds('2025-12-12T12:00:00Z'));
    expect(value('begin', '2025-12-12T12:00:01Z')).toBe('FUTURE');
    expect(value('end', '2025-12-12T12:00:01Z')).toBe(seconds('2025-12-12T12:00:01Z'));
  });
});

describe('a row', () => {
  const code = (cells: Row): string | undefined => read(cells).rejection()?.code;
  const without = (name: string): Row => Object.fromEntries(Object.entries(SOUND).filter(([key]) => key !== name));

  it('with which nothing is wrong is kept', () => {
    expect(read(SOUND).rejection()).toBeUndefined();
    expect(read(SOUND).isFlagged).toBe(false);
  });

  it('is refused for the first of its faults, in the order that the definitions give', () => {
    const faults: Row = {
      ...SOUND, count: 'x', name: { error: '#N/A' }, begin: 'NULL', end: '2020-01-01', severity: 4,
    }; // prettier-ignore
    expect(code({ ...faults, id: 'NULL' })).toBe('NULL_KEY');
    expect(code({ ...faults, id: 'x' })).toBe('INVALID_KEY');
    expect(code(faults)).toBe('INVALID_VALUE');
    expect(code({ ...faults, count: 1 })).toBe('ERROR_CELL');
    expect(code({ ...faults, count: 1, name: 'a' })).toBe('NULL_REQUIRED');
    expect(code({ ...faults, count: 1, name: 'a', begin: '2025-01-02' })).toBe('INVALID_TIME_RANGE');
    expect(code({ ...faults, count: 1, name: 'a', begin: '2025-01-02', end: '2025-01-03' })).toBe('INVALID_SEVERITY');
  });

  it.each<[Row, string, string, string]>([
    [without('id'), 'NULL_KEY', 'Id', 'Id is empty, and it is part of the key.'],
    [{ ...SOUND, id: 1.5 }, 'INVALID_KEY', 'Id', 'Id ("1.5") is no whole number, and it is part of the key.'],
    [
      { ...SOUND, id: { error: '#N/A' } },
      'INVALID_KEY',
      'Id',
      'Id ("#N/A") is no whole number, and it is part of the key.',
    ],
    [{ ...SOUND, count: 'x' }, 'INVALID_VALUE', 'Count', 'Count ("x") is no whole number.'],
    [{ ...SOUND, share: 'x' }, 'INVALID_VALUE', 'Share', 'Share ("x") is no number.'],
    [{ ...SOUND, end: 'x' }, 'INVALID_VALUE', 'End', 'End ("x") is no date.'],
    [{ ...SOUND, share: { error: '#REF!' } }, 'ERROR_CELL', 'Share', 'Share ("#REF!") is an Excel error value.'],
    [without('begin'), 'NULL_REQUIRED', 'Begin', 'Begin holds no value, and the row means nothing without it.'],
    [
      { ...SOUND, end: '2025-01-02 07:59' },
      'INVALID_TIME_RANGE',
      'End',
      'End ("2025-01-02 07:59") lies before the start.',
    ],
    [without('severity'), 'INVALID_SEVERITY', 'Severity', 'Severity is not 1, 2 or 3.'],
  ])('%j is refused as %s', (cells, expected, header, reason) => {
    const rejection = read(cells).rejection();
    expect(rejection).toEqual({ code: expected, column: expect.any(Number) as number, reason });
    expect(DEFINITION.columns[rejection!.column].header).toBe(header);
  });

  it('has a severity of 1, 2 or 3', () => {
    expect([0, 1, 2, 3, 4, 1.5].map((severity) => code({ ...SOUND, severity }))).toEqual([
      'INVALID_SEVERITY', undefined, undefined, undefined, 'INVALID_SEVERITY', 'INVALID_SEVERITY',
    ]); // prettier-ignore
  });

  it('may end when it begins, and may have no end', () => {
    expect(code({ ...SOUND, end: SOUND.begin })).toBeUndefined();
    expect(read({ ...SOUND, end: 'NULL' }).intervalReversed()).toBe(false);
    expect(read({ ...without('begin'), end: '2020-01-01' }).intervalReversed()).toBe(false);
  });

  it('without an end does not take that of the row before it, nor without a beginning that one', () => {
    const reader = read({ ...SOUND, end: '2020-01-01' });
    expect(reader.intervalReversed()).toBe(true);
    expect(put(reader, SOUND).intervalReversed()).toBe(false);
    expect(put(reader, { ...without('begin'), end: '2020-01-01' }).intervalReversed()).toBe(false);
  });

  it('of a sheet without key may be at fault in its first column', () => {
    const columns = DEFINITION.columns.map((column, i) => (i === 0 ? { ...column, type: 'date' as const } : column));
    const interval = { from: 'id', to: 'end', reject: true };
    const first = (id: Cell, cells: Row = {}): string | undefined =>
      read({ ...SOUND, ...cells, id }, { ...DEFINITION, key: [], interval, columns }).rejection()?.code;
    expect(first('x')).toBe('INVALID_VALUE');
    expect(first({ error: '#N/A' })).toBe('ERROR_CELL');
    expect(first('2025-01-02', { end: '2025-01-01' })).toBe('INVALID_TIME_RANGE');
    expect(first('2025-01-02')).toBeUndefined();
  });

  it('says of a number that is not part of the key too that it has to be whole', () => {
    const rejection = read({ ...SOUND, id: 'x' }, { ...DEFINITION, key: [] }).rejection();
    expect(rejection).toMatchObject({ code: 'INVALID_VALUE', reason: 'Id ("x") is no whole number.' });
  });

  it('without a severity does not take that of the row before it', () => {
    const reader = read(SOUND);
    expect(reader.rejection()).toBeUndefined();
    expect(put(reader, without('severity')).rejection()?.code).toBe('INVALID_SEVERITY');
  });

  it('shows of a long cell the first sixty characters', () => {
    const reason = (text: string): string | undefined => read({ ...SOUND, count: text }).rejection()?.reason;
    expect(reason('x'.repeat(60))).toBe(`Count ("${'x'.repeat(60)}") is no whole number.`);
    expect(reason('x'.repeat(61))).toBe(`Count ("${'x'.repeat(60)}…") is no whole number.`);
  });

  it('is recorded as its cells stand in the workbook, under their headers', () => {
    expect(JSON.parse(read({ id: 'A1', share: 0.5, name: true, begin: { serial: 45734.5 } }).rawJson())).toEqual({
      Id: 'A1', Count: null, Share: 0.5, Name: 'TRUE', Begin: '2025-03-18T12:00:00', End: null, Severity: null,
    }); // prettier-ignore
  });

  it('is empty without a cell that holds something, and knows nothing of the row before it', () => {
    const reader = read({ ...SOUND, count: 'x' });
    expect([reader.isEmpty, reader.isFlagged]).toEqual([false, true]);
    put(reader, { name: '  ' });
    expect([reader.isEmpty, reader.isFlagged]).toEqual([true, false]);
    expect(reader.rawText(POSITION['id'])).toBeNull();
    put(reader, { name: { error: '' } });
    expect([reader.isEmpty, reader.isFlagged]).toEqual([false, true]);
    put(reader, SOUND);
    expect(reader.rejection()).toBeUndefined();
    expect(reader.texts[POSITION['name']]).toBeUndefined();
  });
});

describe('the fingerprint of a row', () => {
  const print = (cells: Row): string => Buffer.from(read(cells).fingerprint()).toString('hex');

  it('is the same for the same values, however their cells are typed', () => {
    const one = print({ id: 5, name: '7', begin: { serial: 45734.5 }, count: 1 });
    expect(one).toHaveLength(32);
    expect(print({ id: '5', name: 7, begin: '2025-03-18 12:00', count: true })).toBe(one);
    expect(print({ id: 5, name: '7', begin: 45734.5, count: '1', share: 'NULL' })).toBe(one);
  });

  it('is the same in every release: rows of earlier loads are known by it', () => {
    const at = seconds('2025-03-18T12:00:00Z');
    const said = ['=5', '!x', '-', '=7', `=${at}`, '-', '-'];
    const expected = createHash('sha256').update(said.join('\u001f')).digest('hex').slice(0, 32);
    expect(print({ id: 5, count: 'x', name: '7', begin: { serial: 45734.5 } })).toBe(expected);
  });

  it('is another where a value stands elsewhere, is missing, or is an error', () => {
    const rows: Row[] = [
      { id: 1 }, { count: 1 }, { share: 1 }, { name: '1' }, { name: '-' }, { name: { error: '#N/A' } }, { name: '#N/A' },
      { name: '=1' }, { id: 'x' }, { id: 'y' }, { id: 1, count: 1 }, {},
    ]; // prettier-ignore
    expect(new Set(rows.map(print)).size).toBe(rows.length);
  });
});
