import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeParts, type SheetProfile } from '@libs/profile';
import { NO_ALIASES, parseMappingFile, type MappingAliases } from '@libs/workbook';
import { Workbook } from '@libs/xlsx';
import { writeWorkbook, type Row } from '@libs/xlsx-writer';
import { SheetInspector, type SheetFindings } from './sheet-inspector';

const MINUTE = { date: 1_765_457_400 };
const WORKERS = ['Funcionario_Id', 'Funcionario_Nome', 'Funcionario_Activo'];

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'inspector-'));
});
afterAll(() => rm(dir, { recursive: true }));

interface Given {
  name?: string;
  definition?: string;
  date1904?: boolean;
  aliases?: MappingAliases;
}

async function inspect(rows: readonly Row[], given: Given = {}): Promise<SheetFindings & { summary: SheetProfile }> {
  const { name = given.definition ?? 'Moldes', definition, date1904, aliases = NO_ALIASES } = given;
  const path = join(dir, 'book.xlsx');
  await writeWorkbook(path, { date1904, sheets: [{ name, rows }] });
  const workbook = await Workbook.open(path);
  try {
    const inspector = new SheetInspector({ name, definition, date1904: workbook.date1904, aliases });
    // Small batches: a header and its rows come apart.
    for await (const batch of workbook.readRows(0, { batchCells: 8 })) inspector.push(batch);
    const findings = inspector.finish();
    return { ...findings, summary: mergeParts(name, [findings.profile]) };
  } finally {
    await workbook.close();
  }
}

const names = (profile: SheetProfile): string[] => profile.columns.map(({ name }) => name);

describe('SheetInspector', () => {
  it('finds a known header below titles, in any order, and names its columns as the product does', async () => {
    const { summary, header, warnings } = await inspect(
      [
        ['Exportado', MINUTE],
        [null],
        ['funcionário nome', 'Cor', 'Funcionario_Activo', 'FUNCIONARIO_ID'],
        ['Ana', 'azul', 1, 7],
        ['Rui', null, 0, '8'],
      ],
      { definition: 'Funcionarios' },
    );
    expect(header?.row).toBe(3);
    expect(names(summary)).toEqual([...WORKERS, 'Cor']);
    expect(summary.rows).toBe(2);
    expect(summary.columns.map(({ nulls, distinct }) => [nulls, distinct])).toEqual([
      [0, 2],
      [0, 2],
      [0, 2],
      [1, 1],
    ]);
    expect([...(summary.columns[0].key?.values?.values ?? [])].sort()).toEqual([7, 8]);
    expect(warnings.join('\n')).toContain('"FUNCIONARIO_ID" was read as "Funcionario_Id"');
  });

  it('reads headers that a mapping file declares', async () => {
    const aliases = parseMappingFile('{"Funcionarios": {"columns": {"Funcionario_Nome": ["Trabalhador"]}}}');
    const { summary } = await inspect(
      [
        ['Funcionario_Id', 'Trabalhador', 'Funcionario_Activo'],
        [1, 'Ana', 1],
      ],
      {
        definition: 'Funcionarios',
        aliases,
      },
    );
    expect(names(summary)).toEqual(WORKERS);
  });

  it('profiles a known sheet that lacks a header all the same, and says which and what is nearest', async () => {
    const { summary, warnings } = await inspect(
      [
        ['Funcionario_Id', 'Funcionario_Nome', 'Activos'],
        [1, 'Ana', 1],
      ],
      {
        definition: 'Funcionarios',
      },
    );
    expect(names(summary)).toEqual(['Funcionario_Id', 'Funcionario_Nome', 'Activos']);
    expect(summary.rows).toBe(1);
    expect(warnings).toEqual([expect.stringMatching(/lacks the header "Funcionario_Activo".*"Activos"/)]);
  });

  it('profiles a known sheet in which a header stands twice, and says so', async () => {
    const rows: Row[] = [
      ['Funcionario_Id', 'Funcionario_Id', 'Funcionario_Nome', 'Funcionario_Activo'],
      [1, 2, 'Ana', 1],
    ];
    const { summary, warnings } = await inspect(rows, { definition: 'Funcionarios' });
    expect(warnings).toEqual([
      expect.stringContaining('"Funcionario_Id" 2 times'),
      expect.stringContaining('has no row that looks like a header'),
    ]);
    // With a repeated text the row does not pass for a header of any sheet either.
    expect(names(summary)).toEqual(['(column A)', '(column B)', '(column C)', '(column D)']);
    expect(summary.rows).toBe(2);
  });

  it('counts every type below the header of a sheet that nobody described', async () => {
    const { summary, warnings } = await inspect([
      ['Molde', 'Usos', 'Compra', 'Activo', 'Erro'],
      ['M1', 3, MINUTE, true, { error: '#N/A' }],
      ['M2', 0, 'NULL', false, null],
      ['   ', 'NULL', null, null, null],
      ['  ', null, null, null, null],
    ]);
    expect(warnings).toEqual([]);
    // The third holds NULL and is a row; the fourth holds blanks alone and is none.
    expect(summary.rows).toBe(3);
    expect(summary.columns.map(({ types, nulls }) => [types, nulls])).toEqual([
      [{ text: 2 }, 1],
      [{ number: 2 }, 1],
      [{ date: 1 }, 2],
      [{ boolean: 2 }, 1],
      [{ error: 1 }, 2],
    ]);
    expect(summary.columns[2].dates).toEqual({ min: '2025-12-11T12:50:00', max: '2025-12-11T12:50:00' });
  });

  it('reads dates of a 1904 workbook as the same days', async () => {
    const { summary } = await inspect([['Dia'], [MINUTE]], { date1904: true });
    expect(summary.columns[0].dates?.min).toBe('2025-12-11T12:50:00');
  });

  it('names columns by their letters where there is no header, and counts from the first row', async () => {
    const { summary, warnings } = await inspect([
      [1, 2],
      [3, 4, 5],
    ]);
    expect(names(summary)).toEqual(['(column A)', '(column B)', '(column C)']);
    expect(summary.rows).toBe(2);
    expect(summary.columns[2].nulls).toBe(1);
    expect(warnings).toEqual(['Sheet "Moldes": has no row that looks like a header; its columns go by their letters.']);
  });

  it('keeps columns without header that hold something near the top, and counts cells of later ones', async () => {
    const rows: Row[] = [['Molde', 'Usos'], ['M1', 1, 'nota'], ...Array.from({ length: 60 }, (): Row => ['M2', 2])];
    rows.push(['M3', 3, 'nota', 'fora']);
    const { summary, warnings } = await inspect(rows);
    expect(names(summary)).toEqual(['Molde', 'Usos', '(column C)']);
    expect(summary.rows).toBe(62);
    expect(summary.columns[2].distinct).toBe(1);
    expect(warnings).toEqual(['Sheet "Moldes": 1 cells stand in columns without header and were not profiled.']);
  });

  it('gives an empty sheet no columns and no rows', async () => {
    const { summary, header, warnings } = await inspect([]);
    expect([summary.columns, summary.rows, header, warnings]).toEqual([[], 0, undefined, []]);
  });

  it('reads kinds of cells in the rows that were held back as in all others', async () => {
    const { summary } = await inspect([
      [1, true, { error: '#REF!' }, 'a'],
      [2, false, null, 'NULL'],
      [3, true, null, ' '],
    ]);
    expect(summary.columns.map(({ types, nulls }) => [types, nulls])).toEqual([
      [{ number: 3 }, 0],
      [{ boolean: 3 }, 0],
      [{ error: 1 }, 2],
      [{ text: 1 }, 2],
    ]);
    // Two of the truths are TRUE; what stands once is not named.
    expect(summary.columns[1].topValues?.map(({ value, count }) => [value, count])).toEqual([[true, 2]]);
  });

  it('lists columns from left to right, also where the first of them has a cell late', async () => {
    const { summary } = await inspect([
      [null, 'Molde', 'Usos'],
      ['x', 'M1', 1, 'y'],
    ]);
    expect(names(summary)).toEqual(['(column A)', 'Molde', 'Usos', '(column D)']);
  });

  it('says nothing of a header where the sheet has no row', async () => {
    const { warnings } = await inspect([], { definition: 'Funcionarios' });
    expect(warnings).toEqual([]);
  });
});
