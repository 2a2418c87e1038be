import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SHEETS } from '@libs/workbook';
import type { RunReport } from '../../../src/ingestion/queries/run-report';
import {
  smallFactory,
  smallFactoryWith,
  SENTINEL,
  at,
  assignment,
  failure,
  order,
  phase,
  route,
} from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

let app: IngestionApp;

const column = async (sql: string): Promise<unknown[]> =>
  (await app.sql.query<{ value: unknown }>(sql)).rows.map((row) => row.value);

describe('the first load of the small factory', () => {
  const sheets = smallFactory();
  let report: RunReport;
  beforeAll(async () => {
    app = await startIngestionApp();
    const processed = join(app.env.dataDir, 'processed');
    // Of a workbook before, with a sheet that this one has not.
    await mkdir(processed, { recursive: true });
    await writeFile(join(processed, 'FasesOrdemFabrico (2).csv.gz'), 'old');
    report = await app.load(sheets);
  });
  afterAll(() => app.close());

  it('balances to the row and publishes every kept row', async () => {
    expect(report.status).toBe('COMPLETED');
    expect(report.steps.map(({ name }) => name)).toEqual([
      'inspect',
      'extract',
      'load',
      'validate',
      'merge',
      'backfill',
      'reconcile',
      'derive',
      'validate_counts',
      'publish',
    ]);
    expect(report.sheets.map(({ sheet, extracted, inserted }) => [sheet, extracted, inserted])).toEqual(
      SHEETS.map(({ sheet }) => [sheet, sheets[sheet].length, sheets[sheet].length]),
    );
    for (const { entity, sheet } of SHEETS) {
      expect(await column(`SELECT count(*)::int AS value FROM core.${entity}`)).toEqual([sheets[sheet].length]);
    }
    expect(report.rejects).toEqual([]);
  });

  it('keeps its account in the tables of the runs as in the report', async () => {
    const { rows } = await app.sql.query(`
      SELECT sheet, extracted::int, inserted::int, updated::int, unchanged::int, duplicates::int, quarantined::int,
        absent::int, withdrawn::int
      FROM ops.ingestion_sheet_runs`);
    const nothing = { updated: 0, unchanged: 0, duplicates: 0, quarantined: 0, absent: 0, withdrawn: 0 };
    expect(rows).toEqual(
      SHEETS.map(({ sheet }) => ({
        sheet,
        extracted: sheets[sheet].length,
        inserted: sheets[sheet].length,
        ...nothing,
      })),
    );
    // 3 phase types, 2 models, 2 workers, 2 skills, 3 routes, 3 orders, 5 phases, 4 assignments, 2 errors: 26.
    const run = await app.sql.query(`
      SELECT rows_extracted::int, rows_loaded::int, rows_merged::int, rows_rejected::int FROM ops.ingestion_runs`);
    expect(run.rows).toEqual([{ rows_extracted: 26, rows_loaded: 26, rows_merged: 26, rows_rejected: 0 }]);
  });

  it('takes as_of from the latest recorded event, never from a planned date', () => {
    // The phase that started last: 2025-02-27 14:00, winter time in Lisbon; the transport date of 31 March is later.
    expect(report.as_of).toBe('2025-02-27T14:00:00+00:00');
  });

  it('counts the findings of the small factory: an orphan product and an orphan assignment', () => {
    expect(report.issues).toEqual([
      { sheet: 'FuncionariosFaseOrdemFabrico', code: 'ORPHAN_PHASE', count: 1 },
      { sheet: 'OrdensFabrico', code: 'ORPHAN_PRODUCT', count: 1 },
    ]);
  });

  it('computes match rates over distinct values as extracted', () => {
    // Assignments name the phases 11, 21, 22 and 999; products ordered are 100, 101 and 999.
    expect(report.match_rates).toEqual([
      { name: 'employee_productivity', matches: 3, total: 4, rate: 0.75, threshold: 0.9, status: 'OFF' },
      { name: 'produto_join', matches: 2, total: 3, rate: 2 / 3, threshold: 0.95, status: 'DEGRADED' },
    ]);
  });

  it('derives event time, duration and state of every phase', async () => {
    const { rows } = await app.sql.query(`
      SELECT faseof_id::int AS id, faseof_event_time AS event, faseof_duration_seconds::int AS seconds,
        faseof_is_open AS open, faseof_is_done AS done, tableoid::regclass::text AS part
      FROM core.fases_ordem_fabrico ORDER BY faseof_id`);
    expect(rows).toEqual([
      // 11: 08:00 to 12:00 = 4 h = 14,400 s; 12: an event marker of length 0
      done(11, '2025-01-03T12:00:00Z', 14_400, '2025m01'),
      done(12, '2025-01-04T08:00:00Z', 0, '2025m01'),
      // 21: 4 February 08:00 to 5 February 10:15 = 26.25 h = 94,500 s
      done(21, '2025-02-05T10:15:00Z', 94_500, '2025m02'),
      { ...done(22, '2025-02-27T14:00:00Z', null, '2025m02'), open: true, done: false },
      // 31 has no date: its order's creation, 10 February 09:30
      { ...done(31, '2025-02-10T09:30:00Z', null, '2025m02'), done: false },
    ]);
    function done(id: number, event: string, seconds: number | null, month: string): object {
      const part = `core.fases_ordem_fabrico_y${month}`;
      return { id, event: new Date(event), seconds, open: false, done: true, part };
    }
  });

  it('gives an error the end of its evaluation phase, and an order its state', async () => {
    expect(await column('SELECT ofch_event_time AS value FROM core.erros_ordem_fabrico ORDER BY ofch_of_id')).toEqual([
      new Date('2025-01-04T08:00:00Z'),
      new Date('2025-02-05T10:15:00Z'),
    ]);
    const { rows } = await app.sql.query(`
      SELECT of_id::int AS id, fase_atual_id::int AS fase, is_closed AS closed, is_started AS started,
        open_phases AS open, last_event_at AS last
      FROM core.ordens_estado ORDER BY of_id`);
    expect(rows).toEqual([
      { id: 1, fase: 12, closed: true, started: true, open: 0, last: new Date('2025-01-20T16:00:00Z') },
      { id: 2, fase: 2, closed: false, started: true, open: 1, last: new Date('2025-02-27T14:00:00Z') },
      { id: 3, fase: 1, closed: false, started: false, open: 0, last: new Date('2025-02-10T09:30:00Z') },
    ]);
  });

  it('leaves a CSV.gz with its SHA-256 per sheet, the inspection and the report', async () => {
    const processed = join(app.env.dataDir, 'processed');
    const { rows } = await app.sql.query<{ per_sheet_sha256: Record<string, string> }>(
      'SELECT per_sheet_sha256 FROM ops.ingestion_runs',
    );
    const files = SHEETS.flatMap(({ sheet }) => [`${sheet}.csv.gz`, `${sheet}.csv.sha256`]);
    expect((await readdir(processed)).sort()).toEqual(files.sort());
    for (const { sheet } of SHEETS) {
      const csv = gunzipSync(await readFile(join(processed, `${sheet}.csv.gz`)));
      const sha256 = createHash('sha256').update(csv).digest('hex');
      expect(sha256).toBe(rows[0].per_sheet_sha256[sheet]);
      expect(await readFile(join(processed, `${sheet}.csv.sha256`), 'utf8')).toBe(`${sha256}  ${sheet}.csv\n`);
    }
    const fases = gunzipSync(await readFile(join(processed, 'Fases.csv.gz'))).toString('utf8');
    expect(fases.split('\n')[1]).toBe('1,Laminagem,1,1,0');
    const reports = await readdir(join(app.env.dataDir, 'reports'));
    expect(reports.sort()).toEqual([
      'DATA_DICTIONARY.md',
      'PROFILE_REPORT.json',
      'RELATIONSHIPS_REPORT.json',
      'ingestion_report.json',
    ]);
    const written = JSON.parse(
      await readFile(join(app.env.dataDir, 'reports/ingestion_report.json'), 'utf8'),
    ) as unknown;
    expect(written).toEqual(report);
  });
});

describe('the first load of orders that lack something', () => {
  let report: RunReport;
  beforeAll(async () => {
    app = await startIngestionApp();
    report = await app.load(
      smallFactoryWith({
        OrdensFabrico: [
          // Without phases; of no product and an unknown phase type, but finished.
          order(4, '2025-02-11T09:00:00', 100, 1, {}),
          order(5, '2025-02-12T09:00:00', 'NULL', 77, { acabamento: '2025-02-14T09:00:00' }),
        ],
        FasesOrdemFabrico: [
          // Open beside phase 22, which began on 27 February.
          phase(23, 2, 1, 3, { inicio: '2025-02-26T08:00:00' }),
          phase(24, 3, 2, 2, { inicio: '2025-06-30T20:00:00', fim: '2025-07-01T00:30:00' }),
          phase(51, 5, 1, 1, { inicio: '2025-02-13T09:00:00' }),
        ],
      }),
    );
  });
  afterAll(() => app.close());

  it('takes the open phase that began last for the current one, and knows an order without phases', async () => {
    const { rows } = await app.sql.query(`
      SELECT of_id::int AS id, fase_atual_id::int AS fase, is_closed AS closed, is_started AS started,
        open_phases AS open, last_event_at AS last
      FROM core.ordens_estado WHERE of_id IN (2, 4) ORDER BY of_id`);
    expect(rows).toEqual([
      { id: 2, fase: 2, closed: false, started: true, open: 2, last: new Date('2025-02-27T14:00:00Z') },
      { id: 4, fase: 1, closed: false, started: false, open: 0, last: new Date('2025-02-11T09:00:00Z') },
    ]);
  });

  it('files a phase under the month of UTC', async () => {
    // 1 July 00:30 of summer time is 30 June 23:30 UTC; no other phase falls in June.
    expect(
      await column(`SELECT tableoid::regclass::text AS value FROM core.fases_ordem_fabrico WHERE faseof_id = 24`),
    ).toEqual(['core.fases_ordem_fabrico_y2025m06']);
  });

  it('finds an open phase of a finished order whatever its phase type, and calls no order without product an orphan', () => {
    expect(report.issues).toContainEqual({ sheet: 'FasesOrdemFabrico', code: 'STALE_OPEN_PHASE', count: 1 });
    // Order 3 names product 999.
    expect(report.issues).toContainEqual({ sheet: 'OrdensFabrico', code: 'ORPHAN_PRODUCT', count: 1 });
  });
});

describe('the first load', () => {
  beforeEach(async () => {
    app = await startIngestionApp();
  });
  afterEach(() => app.close());

  it('quarantines each fault with its cell, reason and raw row, and keeps the rest', async () => {
    const sheets = smallFactory();
    const report = await app.load({
      ...sheets,
      FuncionariosFasesAptos: [
        ...sheets.FuncionariosFasesAptos,
        { FuncionarioFase_FuncionarioId: 9, FuncionarioFase_FaseId: 1 },
      ],
      FasesStandardModelos: [...sheets.FasesStandardModelos, route(555, 1, 1), route(100, 77, 3)],
      OrdensFabrico: [...sheets.OrdensFabrico, { ...order(4, '2025-01-01', 100, 1, {}), Of_DataCriacao: 'NULL' }],
      FasesOrdemFabrico: [
        ...sheets.FasesOrdemFabrico,
        phase(41, 1, 1, 1, { inicio: '2025-01-05T09:00:00', fim: '2025-01-05T08:00:00' }),
        phase(42, 4, 1, 1, { inicio: '2025-01-05T09:00:00' }),
        phase(43, 1, 99, 1, { inicio: '2025-01-05T09:00:00' }),
        phase('A44', 1, 1, 1, {}),
        { ...phase(45, 1, 1, 1, {}), FaseOf_Peso: { error: '#N/A' } },
        { ...phase(46, 1, 1, 1, {}), FaseOf_Inicio: SENTINEL },
      ],
      FuncionariosFaseOrdemFabrico: [...sheets.FuncionariosFaseOrdemFabrico, assignment(11, 99, 0)],
      OrdemFabricoErros: [
        ...sheets.OrdemFabricoErros,
        failure('NULL', 1, 1, 11, 11),
        failure('Ordem por conhecer', 4, 9, 11, 11),
        failure('Gravidade 9', 1, 9, 11, 11),
        failure('Fase por conhecer', 1, 1, 11, 888),
      ],
    });
    expect(report.rejects).toEqual([
      { sheet: 'OrdemFabricoErros', reason_code: 'INVALID_SEVERITY', count: 1 },
      { sheet: 'OrdemFabricoErros', reason_code: 'NULL_REQUIRED', count: 1 },
      // Its severity is wrong too; the unknown order comes first in the order of reasons.
      { sheet: 'OrdemFabricoErros', reason_code: 'UNKNOWN_ORDER', count: 1 },
      { sheet: 'FasesOrdemFabrico', reason_code: 'ERROR_CELL', count: 1 },
      { sheet: 'FasesOrdemFabrico', reason_code: 'INVALID_KEY', count: 1 },
      { sheet: 'FasesOrdemFabrico', reason_code: 'INVALID_TIME_RANGE', count: 1 },
      { sheet: 'FasesOrdemFabrico', reason_code: 'UNKNOWN_ORDER', count: 1 },
      { sheet: 'FasesOrdemFabrico', reason_code: 'UNKNOWN_PHASE', count: 1 },
      { sheet: 'FasesStandardModelos', reason_code: 'UNKNOWN_PHASE', count: 1 },
      { sheet: 'FasesStandardModelos', reason_code: 'UNKNOWN_PRODUCT', count: 1 },
      { sheet: 'FuncionariosFaseOrdemFabrico', reason_code: 'UNKNOWN_WORKER', count: 1 },
      { sheet: 'FuncionariosFasesAptos', reason_code: 'UNKNOWN_WORKER', count: 1 },
      { sheet: 'OrdensFabrico', reason_code: 'NULL_REQUIRED', count: 1 },
    ]);
    expect(report.issues).toEqual([
      { sheet: 'OrdemFabricoErros', code: 'ORPHAN_PHASE', count: 1 },
      { sheet: 'FasesOrdemFabrico', code: 'SENTINEL_DATE', count: 1 },
      { sheet: 'FuncionariosFaseOrdemFabrico', code: 'ORPHAN_PHASE', count: 1 },
      { sheet: 'OrdensFabrico', code: 'ORPHAN_PRODUCT', count: 1 },
    ]);
    for (const { extracted, inserted, updated, unchanged, duplicates, quarantined } of report.sheets) {
      expect(extracted).toBe(inserted + updated + unchanged + duplicates + quarantined);
    }
    const { rows } = await app.sql.query(`
      SELECT src_row, column_name, cell, reason_code, reason, raw_row FROM ops.rejects
      WHERE entity = 'fases_ordem_fabrico' ORDER BY src_row LIMIT 2`);
    // The header is row 1 and the five good phases rows 2 to 6.
    expect(rows[0]).toMatchObject({
      src_row: 7,
      column_name: 'FaseOf_Fim',
      cell: 'D7',
      reason_code: 'INVALID_TIME_RANGE',
      raw_row: { FaseOf_Id: 41, FaseOf_Inicio: '2025-01-05T09:00:00', FaseOf_Fim: '2025-01-05T08:00:00' },
    });
    expect(rows[1]).toMatchObject({
      src_row: 8,
      column_name: 'FaseOf_OfId',
      reason: 'FaseOf_OfId (4) names no known order.',
      raw_row: { FaseOf_Id: 42, FaseOf_OfId: 4, FaseOf_Inicio: '2025-01-05T09:00:00', FaseOf_Fim: null },
    });
  });

  it('keeps the first of several rows with one key, whatever is wrong with it', async () => {
    const sheets = smallFactory();
    const [first] = sheets.Funcionarios;
    const report = await app.load({
      ...sheets,
      Funcionarios: [
        ...sheets.Funcionarios,
        first,
        { ...first, Funcionario_Nome: 'Outro' },
        // Row 9 comes first and is quarantined; row 10 is its duplicate all the same.
        { Funcionario_Id: 50, Funcionario_Nome: 'X', Funcionario_Activo: 'sim' },
        { Funcionario_Id: 50, Funcionario_Nome: 'X', Funcionario_Activo: 1 },
        // A duplicate is no reject, whatever is wrong with it.
        { Funcionario_Id: 8, Funcionario_Nome: 'Trabalhador B', Funcionario_Activo: 'sim' },
      ],
    });
    expect(report.sheets.find(({ sheet }) => sheet === 'Funcionarios')).toMatchObject({
      extracted: 7,
      inserted: 2,
      duplicates: 4,
      quarantined: 1,
    });
    expect(report.rejects).toEqual([{ sheet: 'Funcionarios', reason_code: 'INVALID_VALUE', count: 1 }]);
    expect(report.issues).toContainEqual({ sheet: 'Funcionarios', code: 'CONFLICTING_DUPLICATE', count: 3 });
    expect(await column('SELECT funcionario_nome AS value FROM core.funcionarios WHERE funcionario_id = 7')).toEqual([
      'Trabalhador A',
    ]);
  });

  it('counts closed orders without finish date and open phases of closed orders', async () => {
    const sheets = smallFactory();
    const report = await app.load({
      ...sheets,
      OrdensFabrico: [...sheets.OrdensFabrico, order(5, '2025-01-05T08:00:00', 100, 12, {})],
      FasesOrdemFabrico: [
        ...sheets.FasesOrdemFabrico,
        phase(51, 5, 1, 1, { inicio: '2025-01-06T08:00:00' }),
        phase(52, 1, 2, 3, { inicio: '2025-01-06T08:00:00' }),
      ],
    });
    expect(report.issues).toContainEqual({ sheet: 'OrdensFabrico', code: 'MISSING_FINISH', count: 1 });
    expect(report.issues).toContainEqual({ sheet: 'FasesOrdemFabrico', code: 'STALE_OPEN_PHASE', count: 2 });
  });

  it('reads title rows, other spellings, extra columns and sheets, 1904 dates and continuation sheets alike', async () => {
    const sheets = smallFactory();
    await app.load(sheets);
    const plain = await app.sql.query('SELECT * FROM core.fases_ordem_fabrico ORDER BY faseof_id');
    const other = await startIngestionApp();
    try {
      const report = await other.load(
        { ...sheets, Modelos: sheets.Modelos.map((row) => ({ ...row, Produto_Cor: 'azul' })) },
        {
          titleRows: [['Exportado da fábrica'], [null]],
          extraSheets: [{ name: 'Moldes', rows: [['Molde_Id'], [1]] }],
          rename: { Modelos: 'MODELOS', FasesOrdemFabrico: 'Fases_Ordem_Fabrico' },
          rowsPerSheet: 2,
          strings: 'inline',
          date1904: true,
        },
      );
      expect(report.sheets.map(({ inserted }) => inserted)).toEqual(SHEETS.map(({ sheet }) => sheets[sheet].length));
      expect(report.warnings).toEqual(
        expect.arrayContaining([
          'Sheet "Moldes" is unknown and was not read.',
          'Sheet "Modelos": column "Produto_Cor" is unknown and was not loaded.',
        ]),
      );
      const again = await other.sql.query('SELECT * FROM core.fases_ordem_fabrico ORDER BY faseof_id');
      expect(again.rows).toEqual(plain.rows);
    } finally {
      await other.close();
    }
  });

  it('makes a partition for every month of the data and six months ahead, and none for a planned date in the year 9025', async () => {
    const sheets = smallFactory();
    await app.load({
      ...sheets,
      FasesOrdemFabrico: [...sheets.FasesOrdemFabrico, phase(71, 3, 2, 2, { prevista: '9025-01-01T08:00:00' })],
    });
    expect(
      await column(`
        SELECT relname AS value FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid
        WHERE inhparent = 'core.fases_ordem_fabrico'::regclass ORDER BY 1`),
    ).toEqual(
      // Phases fall in January and February 2025; as_of is in February, so March to August are made ahead.
      ['default', ...['01', '02', '03', '04', '05', '06', '07', '08'].map((month) => `y2025m${month}`)].map(
        (suffix) => `fases_ordem_fabrico_${suffix}`,
      ),
    );
    expect(await column('SELECT faseof_id::int AS value FROM core.fases_ordem_fabrico_default')).toEqual([71]);
  });

  it('stores a recorded event of the future as null, so that one typing error cannot move the clock', async () => {
    const sheets = smallFactory();
    const report = await app.load({
      ...sheets,
      FasesOrdemFabrico: [
        ...sheets.FasesOrdemFabrico,
        { ...phase(61, 2, 2, 3, {}), FaseOf_Inicio: at('2052-02-27T14:00:00') },
      ],
    });
    expect(report.issues).toContainEqual({ sheet: 'FasesOrdemFabrico', code: 'FUTURE_DATE', count: 1 });
    expect(report.as_of).toBe('2025-02-27T14:00:00+00:00');
  });
});
