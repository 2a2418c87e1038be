import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { writeSampleWorkbook } from '@libs/sample';
import { writeWorkbook, type Row } from '@libs/xlsx-writer';
import { REPORT_FILES } from '../../ingestion/inspect/write-inspection';
import { runInspect } from './inspect';

class Captured extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const ASSIGNMENTS = ['FuncionarioFaseOf_FaseOfId', 'FuncionarioFaseOf_FuncionarioId', 'FuncionarioFaseOf_Chefe'];
const PHASES = [
  'FaseOf_Id FaseOf_OfId FaseOf_Inicio FaseOf_Fim FaseOf_DataPrevista FaseOf_Coeficiente FaseOf_CoeficienteX',
  'FaseOf_FaseId FaseOf_Peso FaseOf_Retorno FaseOf_Turno FaseOf_Sequencia',
].flatMap((headers) => headers.split(' '));

const phase = (id: number): Row => [id, 1, { date: 1_765_457_400 }, 'NULL', null, 0, 0, 5, 1.5, 0, 1, 1];

/** Phases 1 to 4 in a sheet and its continuation; assignments name 1, 4 and 9: two of three exist. */
const SHEETS: readonly { name: string; rows: readonly Row[] }[] = [
  { name: 'FasesOrdemFabrico', rows: [PHASES, phase(1), phase(2)] },
  { name: 'FasesOrdemFabrico (2)', rows: [PHASES, phase(3), phase(4)] },
  { name: 'FuncionariosFaseOrdemFabrico', rows: [ASSIGNMENTS, [1, 20, 0], [4, 20, 1], [9, 21, 0], [9, 20, 0]] },
  {
    name: 'Turma',
    rows: [
      ['Funcionario_Id', 'Funcionario_Nome', 'Funcionario_Activo'],
      [20, 'Ana', 1],
    ],
  },
  { name: 'Moldes', rows: [['Molde'], ['M1']] },
];

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'inspect-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function run(
  sheets: typeof SHEETS,
  options: { mappingFile?: string } = {},
): Promise<{ code: number; out: string }> {
  const file = join(dir, 'book.xlsx');
  await writeWorkbook(file, { sheets });
  const out = new Captured();
  const code = await runInspect(file, { out: join(dir, 'reports'), ...options }, out, new Captured());
  return { code, out: out.text };
}

const report = async (name: string): Promise<string> => readFile(join(dir, 'reports', name), 'utf8');

describe('inspect FILE', () => {
  it('reads every sheet in threads, sums up continuations, and writes the three reports alone', async () => {
    const { code, out } = await run(SHEETS);
    expect(code).toBe(0);
    expect((await readdir(join(dir, 'reports'))).sort()).toEqual([...REPORT_FILES].sort());
    const profile = JSON.parse(await report('PROFILE_REPORT.json'));
    expect(profile.workbook.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(
      profile.sheets.map((sheet: { sheet: string; rows: number; parts: string[] }) => [sheet.sheet, sheet.rows]),
    ).toEqual([
      ['FasesOrdemFabrico', 4],
      ['FuncionariosFaseOrdemFabrico', 4],
      ['Turma', 1],
      ['Moldes', 1],
    ]);
    expect(profile.sheets[0].parts).toEqual(['FasesOrdemFabrico', 'FasesOrdemFabrico (2)']);
    expect(out).toMatch(
      /FuncionarioFaseOf_FaseOfId\s+FasesOrdemFabrico\.FaseOf_Id\s+2 of 3\s+66\.7 %\s+90\.0 %\s+2\s+off/,
    );
    const relations = JSON.parse(await report('RELATIONSHIPS_REPORT.json'));
    expect(relations.relationships[4]).toMatchObject({ matches: 2, distinct: 3, top_orphans: [{ value: 9, rows: 2 }] });
    expect(await report('DATA_DICTIONARY.md')).toContain('4 rows in FasesOrdemFabrico, FasesOrdemFabrico (2).');
  });

  it('warns of missing sheets, unknown ones, and an unknown one that looks like a missing one', async () => {
    await run(SHEETS);
    const { warnings } = JSON.parse(await report('PROFILE_REPORT.json')) as { warnings: string[] };
    expect(warnings[0]).toContain('lacks the sheets "Fases"');
    expect(warnings).toContain('Sheet "Moldes" is unknown: a load leaves it out.');
    expect(warnings).toContain(
      'Sheet "Turma" has the headers of Funcionarios: a mapping file can name it as an alias.',
    );
  });

  it('warns of a sheet that is missing and of one that seems to continue it, and reports each sheet by its own name', async () => {
    const { code } = await run([...SHEETS, { name: 'Fases (3)', rows: [['Fase_Id'], [1]] }]);
    expect(code).toBe(0);
    const { warnings, sheets } = JSON.parse(await report('PROFILE_REPORT.json')) as {
      warnings: string[];
      sheets: { sheet: string }[];
    };
    expect(warnings[0]).toContain('lacks the sheets "Fases"');
    // A third part without a second: where the missing sheet were, this would still be refused.
    expect(warnings[1]).toContain('Fases (3)');
    expect(sheets.map(({ sheet }) => sheet)).toContain('Fases (3)');
  });

  it('takes names from a mapping file', async () => {
    const mappingFile = join(dir, 'mapping.json');
    await writeFile(mappingFile, '{"Funcionarios": {"aliases": ["Turma"]}}');
    const { out } = await run(SHEETS, { mappingFile });
    // Of workers 20 and 21 one is in Turma.
    expect(out).toMatch(/FuncionarioFaseOf_FuncionarioId\s+Funcionarios\.Funcionario_Id\s+1 of 2\s+50\.0 %/);
  });

  it('writes the same bytes for the same workbook, whichever thread was first', async () => {
    const reports = async (): Promise<string[]> => Promise.all(REPORT_FILES.map(report));
    await run(SHEETS);
    const first = await reports();
    await run(SHEETS);
    expect(await reports()).toEqual(first);
  });

  it('agrees with the generator of samples on rows and match rates, and marks its reports as sample', async () => {
    const file = join(dir, 'sample.xlsx');
    // 1,000 rows a sheet: most sheets go on in continuation sheets.
    const account = await writeSampleWorkbook(file, { scale: 0.01, seed: 11, rowsPerSheet: 1000 });
    const out = new Captured();
    await runInspect(file, { out: join(dir, 'reports') }, out, new Captured());
    expect(out.text).toContain('SAMPLE');
    const profile = JSON.parse(await report('PROFILE_REPORT.json')) as {
      workbook: { sample: boolean };
      warnings: string[];
      sheets: { sheet: string; rows: number; parts: string[] }[];
    };
    expect(profile.workbook.sample).toBe(true);
    expect(profile.warnings).toEqual([]);
    expect(Object.fromEntries(profile.sheets.map(({ sheet, rows }) => [sheet, rows]))).toEqual(
      Object.fromEntries(account.sheets.map(({ sheet, rows }) => [sheet, rows])),
    );
    expect(profile.sheets.find(({ sheet }) => sheet === 'FasesOrdemFabrico')?.parts.length).toBeGreaterThan(2);
    const { relationships } = JSON.parse(await report('RELATIONSHIPS_REPORT.json')) as {
      relationships: { name: string; matches: number; distinct: number }[];
    };
    for (const { name, matches, total } of account.matchRates) {
      expect(relationships.find((found) => found.name === name)).toMatchObject({ matches, distinct: total });
    }
  });

  it('refuses what is no workbook, by code, and writes nothing', async () => {
    const file = join(dir, 'no.xlsx');
    await writeFile(file, 'PDF?');
    await expect(runInspect(file, { out: join(dir, 'reports') }, new Captured(), new Captured())).rejects.toMatchObject(
      { code: 'XLSX_NOT_ZIP' },
    );
    expect(await readdir(dir)).toEqual(['no.xlsx']);
  });

  it('obeys caps', async () => {
    const file = join(dir, 'book.xlsx');
    await writeWorkbook(file, { sheets: SHEETS });
    await expect(
      runInspect(file, { out: dir, limits: { cells: 20 } }, new Captured(), new Captured()),
    ).rejects.toMatchObject({ code: 'XLSX_LIMIT_CELLS' });
  });
});
