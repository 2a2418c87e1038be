import { factoryZone } from '@libs/factory-time';
import { MappingError, NO_ALIASES, SheetConverter, sheetOf, SHEETS } from './index';
import { batchOf, convert, instant, int8, text, type Cell } from './testing/convert';

const FASES = ['Fase_Id', 'Fase_Nome', 'Fase_Sequencia', 'Fase_DeProducao', 'Fase_Automatica'];
const ORDENS = sheetOf('ordens_fabrico').columns.map((column) => column.header);
const FASES_OF = sheetOf('fases_ordem_fabrico').columns.map((column) => column.header);
const ERROS = sheetOf('erros_ordem_fabrico').columns.map((column) => column.header);
const fase = (cells: Partial<Record<string, Cell>>): Cell[] => FASES_OF.map((header) => cells[header] ?? null);
const created = { date: '2025-01-02T08:00:00' };

describe('SheetConverter', () => {
  it('skips title rows, reads columns by header and keeps Excel row numbers', () => {
    const { converter, rows, csv } = convert(
      'fases_catalogo',
      [['Factory 2025'], [null], [...FASES].reverse(), [0, 1, 10, 'Laminagem', 1]],
      {},
      [1, 2, 5, 9],
    );
    expect(converter.extracted).toBe(1);
    expect(int8(rows[0].fase_id)).toBe(1);
    expect(text(rows[0].fase_nome)).toBe('Laminagem');
    expect(rows[0].src_row?.readInt32BE()).toBe(9);
    expect(csv).toEqual([FASES.join(','), '1,Laminagem,10,1,0']);
  });

  it('names the columns of staging in the order of its rows, with a fingerprint where a sheet has no key', () => {
    const tail = ['src_sheet', 'src_row', 'reject_code', 'reject_column', 'reject_reason', 'raw'];
    for (const sheet of SHEETS) {
      const own = sheet.columns.map(({ column }) => column);
      const print = sheet.entity === 'erros_ordem_fabrico' ? ['ofch_id'] : [];
      expect(SheetConverter.copyColumns(sheet)).toEqual([...own, ...print, ...tail]);
    }
  });

  it('does not count wholly empty rows, and counts a row of NULL texts', () => {
    const { converter, rows } = convert('fases_catalogo', [FASES, [null, '  ', null], ['NULL', 'NULL'], [2, 'Cura']]);
    expect(converter.extracted).toBe(2);
    expect(text(rows[0].reject_code)).toBe('NULL_KEY');
    expect(rows[1].reject_code).toBeNull();
  });

  it('keeps 0, reads numbers written as text, and takes NULL as null', () => {
    const { rows } = convert('fases_ordem_fabrico', [
      FASES_OF,
      fase({
        FaseOf_Id: 1,
        FaseOf_OfId: '44185',
        FaseOf_FaseId: 1,
        FaseOf_Peso: 0,
        FaseOf_CoeficienteX: '0,5',
        FaseOf_Turno: 'NULL',
      }),
    ]);
    expect(int8(rows[0].faseof_of_id)).toBe(44185);
    expect(rows[0].faseof_peso?.readDoubleBE()).toBe(0);
    expect(rows[0].faseof_coeficiente_x?.readDoubleBE()).toBe(0.5);
    expect(rows[0].faseof_turno).toBeNull();
    expect(rows[0].reject_code).toBeNull();
    expect(rows[0].raw).toBeNull();
  });

  it('stores wall-clock times of the factory as instants, from serials and from text', () => {
    const { rows } = convert('ordens_fabrico', [
      ORDENS,
      [1, { date: '2025-07-01T08:30:00' }, '02/07/2025 09:00', 5, 1, { date: '2025-12-24T00:00:00' }],
    ]);
    // Summer is UTC+1, winter UTC.
    expect(instant(rows[0].of_data_criacao)).toBe('2025-07-01T07:30:00.000Z');
    expect(instant(rows[0].of_data_acabamento)).toBe('2025-07-02T08:00:00.000Z');
    expect(instant(rows[0].of_data_transporte)).toBe('2025-12-24T00:00:00.000Z');
  });

  it('rounds the floating point of a serial to the second', () => {
    // 45734.82708333333 is 2025-03-18 19:51:00 less 0.0003 s.
    const { rows } = convert('ordens_fabrico', [ORDENS, [1, { serial: 45734.82708333333 }, null, 5, 1, null]]);
    expect(instant(rows[0].of_data_criacao)).toBe('2025-03-18T19:51:00.000Z');
  });

  it.each<[string, Cell[], string, string]>([
    ['a missing key', [null, created, null, 5, 1, null], 'NULL_KEY', 'Of_Id'],
    ['a key that is text', ['A12', created, null, 5, 1, null], 'INVALID_KEY', 'Of_Id'],
    ['a key with decimals', [1.5, created, null, 5, 1, null], 'INVALID_KEY', 'Of_Id'],
    ['an error in the key', [{ error: '#N/A' }, created, null, 5, 1, null], 'INVALID_KEY', 'Of_Id'],
    ['text where a number belongs', [1, created, null, 'kayak', 1, null], 'INVALID_VALUE', 'Of_ProdutoId'],
    ['text where a date belongs', [1, created, 'soon', 5, 1, null], 'INVALID_VALUE', 'Of_DataAcabamento'],
    ['a date where a number belongs', [1, created, null, created, 1, null], 'INVALID_VALUE', 'Of_ProdutoId'],
    ['an error cell', [1, created, null, { error: '#REF!' }, 1, null], 'ERROR_CELL', 'Of_ProdutoId'],
    ['no creation date', [1, 'NULL', null, 5, 1, null], 'NULL_REQUIRED', 'Of_DataCriacao'],
    ['a creation date that means none', [1, { serial: 1 }, null, 5, 1, null], 'NULL_REQUIRED', 'Of_DataCriacao'],
    ['an error left of a wrong value', [1, created, { error: '#N/A' }, 'x', 1, null], 'INVALID_VALUE', 'Of_ProdutoId'],
  ])('quarantines an order with %s', (_, cells, code, column) => {
    const { rows, converter } = convert('ordens_fabrico', [ORDENS, cells]);
    expect(text(rows[0].reject_code)).toBe(code);
    expect(text(rows[0].reject_column)).toBe(column);
    expect(JSON.parse(text(rows[0].raw?.subarray(1)) as string)).toHaveProperty(column);
    expect(converter.rejected).toBe(1);
  });

  it.each<[Cell, string]>([
    ['NULL', 'Of_DataCriacao ("NULL") holds no value, and'],
    [{ serial: 1 }, 'Of_DataCriacao ("1900-01-01T00:00:00") is before 1950, which stands for no date, and'],
    [{ date: '2099-01-01T00:00:00' }, 'Of_DataCriacao ("2099-01-01T00:00:00") lies after the load and cannot'],
  ])('says why a creation of %j is none', (cell, reason) => {
    const { rows } = convert('ordens_fabrico', [ORDENS, [1, cell, null, 5, 1, null]]);
    expect(text(rows[0].reject_reason)).toMatch(new RegExp(`^${reason.replaceAll(/[()]/g, '\\$&')}`));
  });

  it('quarantines a phase that ends before it starts on the factory clock, and keeps one of length 0', () => {
    const base = { FaseOf_Id: 1, FaseOf_OfId: 1, FaseOf_FaseId: 1 };
    const { rows } = convert('fases_ordem_fabrico', [
      FASES_OF,
      fase({ ...base, FaseOf_Inicio: { date: '2025-01-02T09:00:00' }, FaseOf_Fim: { date: '2025-01-02T08:59:00' } }),
      fase({ ...base, FaseOf_Inicio: created, FaseOf_Fim: created }),
      // 01:30 does not exist on this night and is stored as 02:30; on the clock it still comes before 02:10.
      fase({ ...base, FaseOf_Inicio: { date: '2025-03-30T01:30:00' }, FaseOf_Fim: { date: '2025-03-30T02:10:00' } }),
    ]);
    expect(rows.map((row) => text(row.reject_code))).toEqual(['INVALID_TIME_RANGE', undefined, undefined]);
  });

  it('keeps an order finished before it was created, and says so', () => {
    const { rows, converter } = convert('ordens_fabrico', [
      ORDENS,
      [1, created, { date: '2025-01-01T00:00:00' }, 5, 1, null],
    ]);
    expect(rows[0].reject_code).toBeNull();
    expect(converter.takeIssues()).toEqual([
      expect.objectContaining({ row: 2, column: 'Of_DataAcabamento', cell: 'C2', code: 'INVALID_TIME_RANGE' }),
    ]);
    const finished = { date: '2025-01-03T00:00:00' };
    expect(convert('ordens_fabrico', [ORDENS, [1, created, finished, 5, 1, null]]).converter.takeIssues()).toEqual([]);
  });

  it('stores dates before 1950 and recorded events of the future as null, with their cells', () => {
    const { rows, converter } = convert('fases_ordem_fabrico', [
      FASES_OF,
      fase({
        FaseOf_Id: 1,
        FaseOf_OfId: 1,
        FaseOf_FaseId: 1,
        FaseOf_Inicio: { serial: 1 },
        // The clock stands at 2025-12-12T00:00Z: one day later is still allowed, a second more is not.
        FaseOf_Fim: { date: '2025-12-13T00:00:01' },
        FaseOf_DataPrevista: { serial: -1 },
      }),
      fase({ FaseOf_Id: 2, FaseOf_OfId: 1, FaseOf_FaseId: 1, FaseOf_Fim: { date: '2025-12-13T00:00:00' } }),
      // A planned date may lie in the future.
      fase({ FaseOf_Id: 3, FaseOf_OfId: 1, FaseOf_FaseId: 1, FaseOf_DataPrevista: { date: '2031-01-01T00:00:00' } }),
    ]);
    expect(rows[0].faseof_inicio).toBeNull();
    expect(rows[0].faseof_fim).toBeNull();
    expect(rows[0].faseof_data_prevista).toBeNull();
    expect(rows[0].reject_code).toBeNull();
    expect(instant(rows[1].faseof_fim)).toBe('2025-12-13T00:00:00.000Z');
    expect(instant(rows[2].faseof_data_prevista)).toBe('2031-01-01T00:00:00.000Z');
    expect(converter.takeIssues().map(({ code, cell }) => [code, cell])).toEqual([
      ['SENTINEL_DATE', 'C2'],
      ['FUTURE_DATE', 'D2'],
      ['SENTINEL_DATE', 'E2'],
    ]);
  });

  it('says nothing about single cells of a row it quarantines', () => {
    const { converter } = convert('fases_ordem_fabrico', [
      FASES_OF,
      fase({ FaseOf_OfId: 1, FaseOf_Inicio: { serial: 1 } }),
    ]);
    expect(converter.takeIssues()).toEqual([]);
  });

  it.each<[string, Cell, string | undefined]>([
    ['1', 1, undefined],
    ['3 as text', '3', undefined],
    ['0', 0, 'INVALID_SEVERITY'],
    ['4', 4, 'INVALID_SEVERITY'],
    ['2.5', 2.5, 'INVALID_SEVERITY'],
    ['nothing', null, 'INVALID_SEVERITY'],
    ['a word', 'grave', 'INVALID_VALUE'],
  ])('judges severity %s', (_, severity, code) => {
    const { rows } = convert('erros_ordem_fabrico', [ERROS, ['Bolhas', 1, 6, severity, 10, null]]);
    expect(text(rows[0].reject_code)).toBe(code);
  });

  it.each<[number, number | null]>([
    [1, 1],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31, null],
    [-(2 ** 31) - 1, null],
    [2.5, null],
  ])('stores severity %d as the whole number %j', (severity, stored) => {
    const [row] = convert('erros_ordem_fabrico', [ERROS, ['Bolhas', 1, 6, severity, 10, null]]).rows;
    expect(row.ofch_gravidade && [row.ofch_gravidade.length, row.ofch_gravidade.readInt32BE()]).toEqual(
      stored && [4, stored],
    );
  });

  it('gives equal errors one fingerprint whatever their cells are typed as, and others another', () => {
    const { rows } = convert('erros_ordem_fabrico', [
      ERROS,
      ['Bolhas', 1, 6, 2, 10, null],
      ['Bolhas', '1', 6, '2', 10, 'NULL'],
      ['Bolhas', 1, 6, 2, null, 10],
      [null, 1, 6, 2, 10, null],
    ]);
    const prints = rows.map((row) => row.ofch_id?.toString('hex'));
    expect(prints[0]).toBe(prints[1]);
    expect(new Set(prints).size).toBe(3);
  });

  it('tells equal layouts from shifted ones', () => {
    const rows = [FASES, [1, 'Laminagem', 10, 1, 0]];
    expect(convert('fases_catalogo', rows).layout).toBe(convert('fases_catalogo', rows).layout);
    expect(convert('fases_catalogo', rows).layout).not.toBe(convert('fases_catalogo', rows, {}, [1, 3]).layout);
    const shifted = rows.map((row) => [null, ...row]);
    expect(convert('fases_catalogo', shifted).csv).toEqual(convert('fases_catalogo', rows).csv);
    expect(convert('fases_catalogo', shifted).layout).not.toBe(convert('fases_catalogo', rows).layout);
    // The header one row lower, and the row below it where it was.
    expect(convert('fases_catalogo', rows, {}, [1, 3]).layout).not.toBe(
      convert('fases_catalogo', rows, {}, [2, 3]).layout,
    );
  });

  it('takes rows that hold nothing in its columns for no rows, in what it counts and in the layout', () => {
    const header = [...FASES, null, 'Cor'];
    const beside = (column: number): Cell[] => [...Array<null>(column - 1).fill(null), 'nota'];
    const plain = convert('fases_catalogo', [header, [1, 'Laminagem'], [2, 'Cura']], {}, [1, 2, 6]);
    const { converter, csv, layout } = convert('fases_catalogo', [
      header,
      [1, 'Laminagem'],
      beside(6), // a column without header
      beside(8), // right of the last header
      [null, '  ', null, null, null, null, ' '],
      [2, 'Cura'],
    ]);
    expect(converter.extracted).toBe(2);
    expect(csv).toEqual(plain.csv);
    expect(layout).toBe(plain.layout);
  });

  it('reads of a batch the rows that it has, whatever else its memory holds', () => {
    const left = [FASES, [1, 'Laminagem'], [2, 'Cura'], [3, 'Corte']];
    const options = { zone: factoryZone('Europe/Lisbon'), date1904: false, clockSeconds: 0, ordinal: 0, aliases: NO_ALIASES, observe: jest.fn() }; // prettier-ignore
    const nothing = new SheetConverter(sheetOf('fases_catalogo'), options);
    nothing.push({ ...batchOf(left), rowCount: 0 });
    expect(() => nothing.finish()).toThrow(MappingError);
    const header = new SheetConverter(sheetOf('fases_catalogo'), options);
    header.push({ ...batchOf(left), rowCount: 1 });
    expect(header.extracted).toBe(0);
  });

  it('survives what no database text can hold, and dates beyond every calendar', () => {
    const { rows, csv } = convert('fases_catalogo', [FASES, [1, 'a\u0000b\ud800', { serial: 1e300 }, 1, 0]]);
    expect(text(rows[0].fase_nome)).toBe('a\ufffdb\ufffd');
    expect(text(rows[0].reject_code)).toBe('INVALID_VALUE');
    expect(() => JSON.parse(text(rows[0].raw?.subarray(1)) as string) as unknown).not.toThrow();
    expect(csv[1]).toContain('1e+300');
  });

  it('finds no header below the rows where one may stand', () => {
    const noise = Array.from({ length: 50 }, (_, i) => [`note ${i}`]);
    expect(() => convert('fases_catalogo', [...noise, FASES])).toThrow('lacks the headers');
    expect(convert('fases_catalogo', [...noise.slice(1), FASES]).converter.extracted).toBe(0);
  });

  it.each<[string, Cell[]]>([
    ['nothing', []],
    ['blanks', [null, '  ']],
    ['a date', [created]],
    ['a boolean', [true]],
    ['an error', [{ error: '#N/A' }]],
  ])('looks for the header below any number of rows that hold %s', (_, cells) => {
    const above = Array<Cell[]>(60).fill(cells);
    expect(convert('fases_catalogo', [...above, FASES, [1, 'Laminagem']]).converter.extracted).toBe(1);
  });

  it('refuses a sheet that ends before a header came', () => {
    expect(() => convert('fases_catalogo', [['Fase_Id', 'Fase_Nome']])).toThrow(MappingError);
    expect(() => convert('fases_catalogo', [])).toThrow(MappingError);
  });

  it('reads headers without the blanks around them, and none from what is neither text nor number', () => {
    const header: Cell[] = [' Fase_Id ', ...FASES.slice(1), ' ', true, created, { error: '#REF!' }];
    const { converter, csv } = convert('fases_catalogo', [header]);
    expect(csv).toEqual([FASES.join(',')]);
    expect(converter.warnings).toEqual([]);
  });

  it('hands every cell to the CSV and to the profile, those of columns that the definition has not after the others', () => {
    const told: unknown[][] = [];
    const tell =
      (what: string) =>
      (...cell: unknown[]) =>
        void told.push([what, ...cell]);
    const observer = {
      row: tell('row'), number: tell('number'), text: tell('text'), date: tell('date'), boolean: tell('boolean'),
      error: tell('error'),
    }; // prettier-ignore
    const observe = jest.fn(() => observer);
    const { converter, csv } = convert(
      'funcionarios',
      [
        ['Cor', 'Funcionario_Activo', 'Funcionario_Nome', 2025, 'Funcionario_Id'],
        ['azul', true, 'Ana', { date: '2025-01-02T08:00:00' }, 7, 'fora'],
        [{ error: '#N/A' }, false, 'NULL', { serial: 1e7 }, 8],
        ['verde'],
        ['  '],
      ],
      { observe },
    );
    expect(observe).toHaveBeenCalledWith(['Funcionario_Id', 'Funcionario_Nome', 'Funcionario_Activo', 'Cor', '2025']);
    expect(csv).toEqual([
      'Funcionario_Id,Funcionario_Nome,Funcionario_Activo,Cor,2025',
      '7,Ana,TRUE,azul,2025-01-02T08:00:00',
      '8,,FALSE,#N/A,10000000',
      ',,,verde,',
    ]);
    const second = Date.parse('2025-01-02T08:00:00Z') / 1000;
    expect(told).toEqual([
      ['row'], ['number', 0, 7], ['text', 1, 'Ana'], ['boolean', 2, 1], ['text', 3, 'azul'], ['date', 4, second],
      ['row'], ['number', 0, 8], ['boolean', 2, 0], ['error', 3, '#N/A'], ['number', 4, 1e7],
      ['row'], ['text', 3, 'verde'],
    ]); // prettier-ignore
    // A row that says something only in such a column is a row all the same, and has no key.
    expect(converter.extracted).toBe(3);
    expect(converter.rejected).toBe(1);
    expect(converter.warnings.join(' ')).toContain('Cor');
  });

  it('says which cell was stored as null, and which dates stand in the wrong order', () => {
    const { converter } = convert('ordens_fabrico', [
      ORDENS,
      [1, created, { date: '2025-01-01T00:00:00' }, 5, 1, { serial: 1 }],
    ]);
    expect(converter.pendingIssues).toBe(2);
    expect(converter.takeIssues().map(({ code, detail }) => [code, detail])).toEqual([
      ['SENTINEL_DATE', '1900-01-01T00:00:00 was stored as null'],
      ['INVALID_TIME_RANGE', '2025-01-01T00:00:00 lies before 2025-01-02T08:00:00'],
    ]);
    expect(converter.pendingIssues).toBe(0);
  });

  it('reads the same of a sheet in whatever batches it comes', () => {
    const rows: Cell[][] = [['Factory'], FASES, [1, 'Laminagem', 10, 1, 0], [2, 'Cura'], [3, 'Corte'], [4, 'Pintura']];
    const converted = (...sizes: number[]): unknown[] => {
      const converter = new SheetConverter(sheetOf('fases_catalogo'), {
        zone: factoryZone('Europe/Lisbon'), date1904: false, clockSeconds: 0, ordinal: 1, aliases: NO_ALIASES,
        observe: () => ({ row: jest.fn(), number: jest.fn(), text: jest.fn(), date: jest.fn(), boolean: jest.fn(), error: jest.fn() }),
      }); // prettier-ignore
      let from = 0;
      for (const size of sizes) {
        converter.push(
          batchOf(
            rows.slice(from, from + size),
            rows.slice(from).map((_, i) => from + i + 1),
          ),
        );
        from += size;
      }
      const { layoutSha256, columns } = converter.finish();
      const [copy, csv] = [converter.copy.finish().toString('hex'), converter.csv.take().toString('utf8')];
      return [converter.extracted, layoutSha256, columns, copy, csv];
    };
    const whole = converted(6);
    expect(whole[0]).toBe(4);
    expect(converted(1, 1, 1, 1, 1, 1)).toEqual(whole);
    expect(converted(2, 0, 1, 3)).toEqual(whole);
    expect(converted(3, 3)).toEqual(whole);
  });
});
