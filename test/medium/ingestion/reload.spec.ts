import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHEETS } from '@libs/workbook';
import type { RunReport } from '../../../src/ingestion/queries/run-report';
import { at, order, phase, smallFactory, type FactorySheets } from '../../support/factory-workbook';
import { coreOf } from '../../support/core-content';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { seedRun } from '../ingestion-http/runs.seed';

async function publishedRun(app: IngestionApp): Promise<number> {
  return (await app.sql.query<{ run: number }>('SELECT run_id::int AS run FROM ops.ops_cache_version')).rows[0].run;
}

const sheetOf = (report: RunReport, sheet: string): RunReport['sheets'][number] =>
  report.sheets.find((account) => account.sheet === sheet)!;
const total = (report: RunReport, column: 'inserted' | 'updated' | 'unchanged' | 'absent'): number =>
  report.sheets.reduce((sum, account) => sum + account[column], 0);
const rowsOf = (sheets: FactorySheets): number => SHEETS.reduce((sum, { sheet }) => sum + sheets[sheet].length, 0);

describe('loading again', () => {
  let app: IngestionApp;
  let sheets: FactorySheets;
  beforeEach(async () => {
    app = await startIngestionApp();
    sheets = smallFactory();
    await app.load(sheets, { name: 'first.xlsx' });
  });
  afterEach(() => app.close());

  it('measures a load by no clock that can be set: put back an hour at every look, it takes no time below zero', async () => {
    const start = app.clock.now().getTime();
    let looks = 0;
    jest.spyOn(app.clock, 'now').mockImplementation(() => new Date(start - 3_600_000 * looks++));
    const report = await app.load(sheets, { name: 'first.xlsx', force: true });
    expect(looks).toBeGreaterThan(1);
    expect(report.seconds).toBeGreaterThan(0);
  });

  const replace = (sheet: string, match: Record<string, unknown>, change: Record<string, unknown>): FactorySheets => ({
    ...sheets,
    [sheet]: sheets[sheet].map((row) =>
      Object.entries(match).every(([header, value]) => row[header] === value)
        ? ({ ...row, ...change } as (typeof sheets)[string][number])
        : row,
    ),
  });
  const runs = async (): Promise<number> =>
    (await app.sql.query<{ runs: number }>('SELECT count(*)::int AS runs FROM ops.ingestion_runs')).rows[0].runs;

  it('tells what became of the orders since the load before', async () => {
    // The data clock of both loads is 2025-02-27T14:00, the start of phase 22.
    const created = '2025-02-20T08:00:00';
    const report = await app.load({
      ...sheets,
      OrdensFabrico: [
        sheets.OrdensFabrico[0],
        // Due 2025-03-31 before: moved 39 days earlier, to 7 days before the data clock.
        order(2, '2025-02-03T08:00:00', 101, 2, { transporte: '2025-02-20' }),
        // Without dates before: due two days before it was finished.
        order(3, '2025-02-10T09:30:00', 999, 1, { acabamento: '2025-02-26T10:00:00', transporte: '2025-02-24' }),
        order(4, created, 100, 1, {}),
        // New, and late or finished at once: finished since the load before are those that it knew as open.
        order(5, created, 100, 1, { transporte: '2025-02-25' }),
        order(6, created, 100, 12, { acabamento: '2025-02-26T10:00:00' }),
      ],
    });
    const { since_run_id, orders } = report.changes!;
    expect(since_run_id).toBe(1);
    const told = Object.fromEntries(
      orders.map(({ kind, count, examples }) => [
        kind,
        { count, orders: examples.map(({ of_id, days }) => [of_id, days]) },
      ]),
    );
    expect(told).toEqual({
      created: {
        count: 3,
        orders: [
          ['4', null],
          ['5', null],
          ['6', null],
        ],
      },
      finished: { count: 1, orders: [['3', 2]] },
      newly_late: {
        count: 2,
        orders: [
          ['2', 7],
          ['5', 2],
        ],
      },
      due_later: { count: 0, orders: [] },
      due_earlier: { count: 1, orders: [['2', -39]] },
      due_given: { count: 1, orders: [['3', null]] },
      due_taken: { count: 0, orders: [] },
    });
    expect(orders.find(({ kind }) => kind === 'due_earlier')!.examples[0]).toEqual({
      of_id: '2',
      produto_nome: 'K2 Onda',
      before: '2025-03-31T00:00:00+01:00',
      after: '2025-02-20T00:00:00+00:00',
      days: -39,
    });
  });

  it('does not call an order late again that was late before, and has nothing to tell of a first load', async () => {
    const late = [sheets.OrdensFabrico[0], order(2, '2025-02-03T08:00:00', 101, 2, { transporte: '2025-02-20' })];
    const first = await app.load({ ...sheets, OrdensFabrico: [...late, sheets.OrdensFabrico[2]] });
    expect(first.changes?.orders.find(({ kind }) => kind === 'newly_late')?.count).toBe(1);
    const again = await app.load({
      ...sheets,
      OrdensFabrico: [...late, order(3, '2025-02-10T09:30:00', 999, 1, { transporte: '2025-05-01' })],
    });
    expect(again.changes?.orders.find(({ kind }) => kind === 'newly_late')?.count).toBe(0);
    const { rows } = await app.sql.query<{ report: RunReport }>(
      'SELECT report FROM ops.ingestion_runs WHERE run_id = 1',
    );
    expect(rows[0].report).not.toHaveProperty('changes');
  });

  it('calls an order late from the day after its due day on', async () => {
    const newlyLate = (report: RunReport) =>
      report
        .changes!.orders.find(({ kind }) => kind === 'newly_late')!
        .examples.map(({ of_id, days }) => [of_id, days]);
    // Due on the day of the data clock, 2025-02-27.
    const due = replace('OrdensFabrico', { Of_Id: 2 }, { Of_DataTransporte: at('2025-02-27') });
    expect(newlyLate(await app.load(due))).toEqual([]);
    // An event of the next day moves the data clock.
    const nextDay = phase(23, 2, 1, 3, { inicio: '2025-02-28T08:00:00' });
    const report = await app.load({ ...due, FasesOrdemFabrico: [...due.FasesOrdemFabrico, nextDay] });
    expect(newlyLate(report)).toEqual([['2', 1]]);
  });

  it('does nothing for the same file, makes no run, and names the run that holds it', async () => {
    expect(await app.service.accept({ path: 'first.xlsx' })).toMatchObject({ outcome: 'NO_OP', runId: 1 });
    expect(await runs()).toBe(1);
  });

  it('also knows the file by its content under another name', async () => {
    await app.write('copy.xlsx', sheets);
    expect(await app.service.accept({ path: 'copy.xlsx' })).toMatchObject({ outcome: 'NO_OP', runId: 1 });
  });

  it('revalidates the same file when forced, and writes nothing', async () => {
    const before = await coreOf(app);
    const report = await app.load(sheets, { name: 'first.xlsx', force: true });
    expect(report.run_id).toBe(2);
    expect(report.steps.map(({ name }) => name)).toContain('merge');
    expect([total(report, 'inserted'), total(report, 'updated')]).toEqual([0, 0]);
    expect(total(report, 'unchanged')).toBe(rowsOf(sheets));
    expect(await coreOf(app)).toEqual(before);
  });

  it.each([
    ['compressed another way', { level: 0 }],
    ['written by another writer', { strings: 'inline' as const }],
  ])('finds nothing to write in the same content %s', async (_, options) => {
    const report = await app.load(sheets, options);
    expect(report.run_id).toBe(2);
    expect(report.same_content_as).toBe(1);
    // Nothing of it is loaded: it is known by its parts, or by its cells.
    expect(report.steps.map(({ name }) => name)).toEqual(['inspect', 'reconcile', 'validate_counts', 'publish']);
    expect([total(report, 'inserted'), total(report, 'updated'), total(report, 'absent')]).toEqual([0, 0, 0]);
    expect(total(report, 'unchanged')).toBe(rowsOf(sheets));
    expect(report.issues).toHaveLength(2);
    expect(report.match_rates).toHaveLength(2);
  });

  it('writes only rows that changed', async () => {
    const changed = replace('Modelos', { Produto_Id: 100 }, { Produto_PesoDesmolde: 8.6 });
    const report = await app.load(changed);
    expect(sheetOf(report, 'Modelos')).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 });
    expect(total(report, 'updated')).toBe(1);
    expect(total(report, 'inserted')).toBe(0);
  });

  it('moves a phase that ends to the month in which it ended, and never keeps two of it', async () => {
    // Phase 22 started on 27 February and is open; it ends on 3 March.
    const ended = replace('FasesOrdemFabrico', { FaseOf_Id: 22 }, { FaseOf_Fim: at('2025-03-03T09:00:00') });
    const report = await app.load(ended);
    expect(sheetOf(report, 'FasesOrdemFabrico')).toMatchObject({ inserted: 0, updated: 1, unchanged: 4 });
    const { rows } = await app.sql.query(`
      SELECT tableoid::regclass::text AS part, faseof_is_open AS open FROM core.fases_ordem_fabrico
      WHERE faseof_id = 22`);
    expect(rows).toEqual([{ part: 'core.fases_ordem_fabrico_y2025m03', open: false }]);
  });

  it('would keep two with the naive upsert on the primary key, which is why the merge looks for the id alone', async () => {
    await app.sql.query(`SELECT core.ensure_fases_partition('2025-03-01')`);
    await app.sql.query(`
      INSERT INTO core.fases_ordem_fabrico
        (faseof_id, faseof_of_id, faseof_fase_id, faseof_event_time, faseof_is_open, faseof_is_done)
      VALUES (22, 2, 2, '2025-03-03 09:00+00', false, true)
      ON CONFLICT (faseof_id, faseof_event_time) DO UPDATE SET faseof_is_open = excluded.faseof_is_open`);
    const { rows } = await app.sql.query(
      'SELECT count(*)::int AS copies FROM core.fases_ordem_fabrico WHERE faseof_id = 22',
    );
    expect(rows).toEqual([{ copies: 2 }]);
    // Over such a table no load can publish anything: the two would have to become one row.
    await expect(app.load(sheets, { force: true, name: 'first.xlsx' })).rejects.toMatchObject({ code: '23505' });
    expect(await publishedRun(app)).toBe(1);
  });

  it('does not publish a load whose counts do not balance, and writes down what does not', async () => {
    // A trigger that swallows rows, and writes phase 12 of January into February too, stands for any fault of the merge.
    await app.sql.query(`
      CREATE FUNCTION core.swallow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO core.fases_ordem_fabrico
            (faseof_id, faseof_of_id, faseof_fase_id, faseof_fim, faseof_event_time, faseof_is_open, faseof_is_done)
          VALUES (12, 1, 2, '2025-02-01', '2025-02-01', false, true);
          RETURN NULL;
        END $$;
      CREATE TRIGGER swallow BEFORE INSERT ON core.modelos FOR EACH ROW EXECUTE FUNCTION core.swallow()`);
    const more = { ...sheets, Modelos: [...sheets.Modelos, { Produto_Id: 102, Produto_Nome: 'K4' }] };
    await expect(app.load(more)).rejects.toMatchObject({
      code: 'COUNT_MISMATCH',
      mismatches: [
        // Three rows were read; two are unchanged and the third was inserted nowhere.
        {
          sheet: 'Modelos',
          what: 'extracted = inserted + updated + unchanged + duplicates + quarantined',
          expected: 3,
          found: 2,
        },
        { sheet: 'Modelos', what: 'rows in core = rows kept', expected: 3, found: 2 },
        { sheet: 'FasesOrdemFabrico', what: 'rows in core = rows kept', expected: 5, found: 6 },
        {
          sheet: 'FasesOrdemFabrico',
          what: 'every FaseOf_Id stands once across all months',
          expected: 5,
          found: 6,
        },
      ],
    });
    expect(await readFile(join(app.env.dataDir, 'reports/CRITICAL_MISMATCHES.md'), 'utf8')).toContain(
      '| Modelos | rows in core = rows kept | 3 | 2 |',
    );
    expect(await publishedRun(app)).toBe(1);
  });

  it('lets a phase without dates follow its order, and an error its evaluation phase', async () => {
    const moved = replace('OrdensFabrico', { Of_Id: 3 }, { Of_DataCriacao: at('2025-03-10T09:30:00') });
    await app.load(
      {
        ...moved,
        FasesOrdemFabrico: moved.FasesOrdemFabrico.filter((row) => row.FaseOf_Id !== 21).map((row) =>
          row.FaseOf_Id === 12 ? { ...row, FaseOf_Fim: at('2025-01-05T10:00:00') } : row,
        ),
      },
      { allowMassAbsence: ['FasesOrdemFabrico'] },
    );
    const event = async (sql: string): Promise<unknown> => (await app.sql.query<{ at: Date }>(sql)).rows[0].at;
    const ofPhase = (id: number) =>
      event(`SELECT faseof_event_time AS at FROM core.fases_ordem_fabrico WHERE faseof_id = ${id}`);
    const ofError = (orderId: number) =>
      event(`SELECT ofch_event_time AS at FROM core.erros_ordem_fabrico WHERE ofch_of_id = ${orderId}`);
    expect(await ofPhase(31)).toEqual(new Date('2025-03-10T09:30:00Z'));
    // It has a start of its own.
    expect(await ofPhase(22)).toEqual(new Date('2025-02-27T14:00:00Z'));
    expect(await ofError(1)).toEqual(new Date('2025-01-05T10:00:00Z'));
    // Its evaluation phase is gone: the creation of order 2.
    expect(await ofError(2)).toEqual(new Date('2025-02-03T08:00:00Z'));
  });

  it('keeps the findings of the ten loads before it, and drops those of older ones', async () => {
    for (let run = 2; run <= 11; run += 1) await seedRun(app.sql);
    const report = await app.load(sheets, { name: 'first.xlsx', force: true });
    expect(report.run_id).toBe(12);
    const dropped = await app.sql.query('SELECT run_id::int AS run FROM ops.ingestion_runs WHERE evidence_dropped');
    expect(dropped.rows).toEqual([{ run: 1 }]);
    // Two each: an orphan product and an orphan assignment.
    const found = await app.sql.query(
      'SELECT run_id::int AS run, count(*)::int AS findings FROM ops.data_quality_issues GROUP BY 1 ORDER BY 1',
    );
    expect(found.rows).toEqual([{ run: 12, findings: 2 }]);
  });

  it('refuses a workbook that lost more than the limit of a sheet, unless allowed by name', async () => {
    const before = await coreOf(app);
    const less: FactorySheets = { ...sheets, OrdemFabricoErros: sheets.OrdemFabricoErros.slice(0, 1) };
    await expect(app.load(less)).rejects.toMatchObject({
      code: 'MASS_ABSENCE',
      message: 'OrdemFabricoErros lacks 1 of 2 rows: more than 5 % of a sheet.',
    });
    expect(await coreOf(app)).toEqual(before);
    const report = await app.load(less, { allowMassAbsence: ['OrdemFabricoErros'] });
    expect(sheetOf(report, 'OrdemFabricoErros')).toMatchObject({ extracted: 1, unchanged: 1, absent: 1 });
    const { rows } = await app.sql.query(`
      SELECT left_run_id::int AS run, left_reason AS reason, ofch_descricao_erro AS text
      FROM core.erros_ordem_fabrico_history`);
    expect(rows).toEqual([{ run: report.run_id, reason: 'absent', text: 'Molde baço' }]);
  });

  it('moves an order and all that hangs on it to history, saying what is absent and what is now quarantined', async () => {
    const gone: FactorySheets = { ...sheets, OrdensFabrico: sheets.OrdensFabrico.filter((row) => row.Of_Id !== 2) };
    const report = await app.load(gone, { allowMassAbsence: ['OrdensFabrico'] });
    expect(sheetOf(report, 'OrdensFabrico')).toMatchObject({ unchanged: 2, absent: 1, withdrawn: 0 });
    // The phases 21 and 22 still stand in the workbook: they name an order that does not.
    expect(sheetOf(report, 'FasesOrdemFabrico')).toMatchObject({
      unchanged: 3,
      quarantined: 2,
      absent: 0,
      withdrawn: 2,
    });
    expect(sheetOf(report, 'OrdemFabricoErros')).toMatchObject({ unchanged: 1, quarantined: 1, withdrawn: 1 });
    const { rows } = await app.sql.query(
      `SELECT faseof_id::int AS id, left_reason AS reason FROM core.fases_ordem_fabrico_history ORDER BY 1`,
    );
    expect(rows).toEqual([
      { id: 21, reason: 'quarantined' },
      { id: 22, reason: 'quarantined' },
    ]);
    // The next load counts what it refuses itself, and nothing that the one before refused.
    const again = await app.load({ ...gone, Modelos: gone.Modelos.slice(0, 1) }, { allowMassAbsence: ['Modelos'] });
    expect(again.rejects.filter(({ sheet }) => sheet === 'FasesOrdemFabrico')).toEqual([
      { sheet: 'FasesOrdemFabrico', reason_code: 'UNKNOWN_ORDER', count: 2 },
    ]);
  });

  it('takes an order that moves to a new number along with its phases', async () => {
    const renamed: FactorySheets = {
      ...sheets,
      OrdensFabrico: sheets.OrdensFabrico.map((row) => (row.Of_Id === 2 ? { ...row, Of_Id: 4 } : row)),
      FasesOrdemFabrico: sheets.FasesOrdemFabrico.map((row) =>
        row.FaseOf_OfId === 2 ? { ...row, FaseOf_OfId: 4 } : row,
      ),
      OrdemFabricoErros: sheets.OrdemFabricoErros.map((row) => (row.Erro_OfId === 2 ? { ...row, Erro_OfId: 4 } : row)),
    };
    const report = await app.load(renamed, { allowMassAbsence: ['OrdensFabrico', 'OrdemFabricoErros'] });
    expect(sheetOf(report, 'FasesOrdemFabrico')).toMatchObject({ updated: 2, unchanged: 3, absent: 0 });
    expect(sheetOf(report, 'OrdensFabrico')).toMatchObject({ inserted: 1, unchanged: 2, absent: 1 });
  });

  it('replaces sample data by real data whole, and says so', async () => {
    const other = await startIngestionApp();
    try {
      const part = {
        name: 'docProps/prodplan-sample.xml',
        contentType: 'application/xml',
        relationshipType: 'http://example.invalid/sample',
        xml: '<sample/>',
      };
      const sample = await other.load(
        { ...sheets, OrdensFabrico: [...sheets.OrdensFabrico, order(90, '2025-01-01', 100, 1, {})] },
        { parts: [part] },
      );
      expect(sample.sample).toBe(true);
      const real = await other.load(sheets);
      expect(real.sample).toBe(false);
      expect(real.warnings).toContain('This load replaced sample data by real data.');
      expect(await coreOf(other)).toEqual(await coreOf(app));
    } finally {
      await other.close();
    }
  });

  it('makes the months of new phases without touching the old ones', async () => {
    const report = await app.load({
      ...sheets,
      FasesOrdemFabrico: [...sheets.FasesOrdemFabrico, phase(32, 3, 2, 2, { inicio: '2025-07-01T08:00:00' })],
    });
    expect(sheetOf(report, 'FasesOrdemFabrico')).toMatchObject({ inserted: 1, updated: 0, unchanged: 5 });
    const { rows } = await app.sql.query(`SELECT count(*)::int AS rows FROM core.fases_ordem_fabrico_y2025m07`);
    expect(rows).toEqual([{ rows: 1 }]);
  });
});
