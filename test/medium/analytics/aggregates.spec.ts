import { SHEETS } from '@libs/workbook';
import { aggregatesOf } from '../../support/analytics-content';
import { failure, order, phase, smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

const EVERY_SHEET = SHEETS.map(({ sheet }) => sheet);

describe('the aggregates of the small factory', () => {
  let app: IngestionApp;

  beforeAll(async () => {
    app = await startIngestionApp();
    await app.load(smallFactory());
  });
  afterAll(() => app.close());

  it('hold executions by day of the end, phase type and product, durations of length 0 apart', async () => {
    // Phase 11: order 1 (product 100), type 1, 3 January 08:00 to 12:00 = 4 h = 14,400 s.
    // Phase 12: type 2, 4 January, length 0: an execution without a duration.
    // Phase 21: order 2 (product 101), type 1, 4 February 08:00 to 5 February 10:15 = 26.25 h = 94,500 s.
    // Phases 22 and 31 have not ended.
    expect((await aggregatesOf(app)).agg_phase_stats_daily).toEqual([
      '(2025-01-03,1,100,1,1,14400,0)',
      '(2025-01-04,2,100,1,0,0,0)',
      '(2025-02-05,1,101,1,1,94500,0)',
    ]);
  });

  it('hold orders by the days of creation and of finish', async () => {
    // Order 1: created 2 January 08:00, finished 20 January 16:00, due the 21st: on time, 18 days and 8 h = 1,584,000 s.
    // Orders 2 and 3 are not finished.
    expect((await aggregatesOf(app)).agg_order_stats_daily).toEqual([
      '(2025-01-02,100,1,0,0,0,0,0)',
      '(2025-01-20,100,0,1,1,1,1,1584000)',
      '(2025-02-03,101,1,0,0,0,0,0)',
      '(2025-02-10,999,1,0,0,0,0,0)',
    ]);
  });

  it('hold errors by the day of the evaluation phase, with the type of the culprit or none', async () => {
    // 'Interior enrugado': order 1, severity 2, found in phase 12 (ended 4 January), caused by phase 11 (type 1).
    // 'Molde baço': order 2, severity 1, found in phase 21 (ended 5 February), no culprit. Evaluated type 2 in both.
    expect((await aggregatesOf(app)).agg_quality_daily).toEqual([
      '(2025-01-04,100,2,1,2,1)',
      '(2025-02-05,101,2,,1,1)',
    ]);
  });

  it('hold the open phases of active orders, with their age at the data clock', async () => {
    // Phase 22 (order 2, type 2, product 101) is open since 27 February 14:00, which is the last event: age 0.
    const { agg_wip_current: wip } = await aggregatesOf(app);
    expect(wip).toEqual(['(2,101,1,1,0,"2025-02-27 14:00:00+00",0)']);
  });

  it('record the five marks of the specification', async () => {
    const { rows } = await app.sql.query<{ name: string; value: Date | null }>(
      'SELECT name, value FROM ops.analytics_watermarks ORDER BY name',
    );
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value?.toISOString() ?? null]))).toEqual({
      last_kpi_snapshot_date: null,
      last_model_train_cutoff: null,
      last_processed_error_backfill: '2025-02-05T10:15:00.000Z',
      last_processed_faseof_fim: '2025-02-05T10:15:00.000Z',
      last_processed_of_acabamento: '2025-01-20T16:00:00.000Z',
    });
  });
});

describe('the aggregates of a day of summer time', () => {
  let app: IngestionApp;

  beforeAll(async () => {
    app = await startIngestionApp();
    await app.load({
      ...smallFactory(),
      OrdensFabrico: [
        // Half past midnight is the day before in UTC. Created and finished at once, on its due day.
        order(4, '2025-07-01T00:30:00', 100, 12, { acabamento: '2025-07-01T00:30:00', transporte: '2025-07-01' }),
        order(5, '2025-07-01T00:30:00', 101, 1, {}),
      ],
      FasesOrdemFabrico: [
        // Nobody closed it.
        phase(41, 4, 1, 1, { inicio: '2025-07-01T00:00:00' }),
        phase(51, 5, 1, 1, { inicio: '2025-07-01T06:00:00' }),
        phase(52, 5, 1, 2, { inicio: '2025-07-01T08:00:00' }),
      ],
      FuncionariosFaseOrdemFabrico: [],
      OrdemFabricoErros: [],
    });
  });
  afterAll(() => app.close());

  it("hold a finish on the due day as on time, a lead time of nothing as one, and days as the factory's", async () => {
    expect((await aggregatesOf(app)).agg_order_stats_daily).toEqual([
      '(2025-07-01,100,1,1,1,1,1,0)',
      '(2025-07-01,101,1,0,0,0,0,0)',
    ]);
  });

  it('hold an order with two open phases of a type as one order, and of a finished order none', async () => {
    // Order 5: at the data clock, 08:00, its phases are 2 h = 7,200 s and 0 s old; 06:00 is 05:00 UTC.
    expect((await aggregatesOf(app)).agg_wip_current).toEqual(['(1,101,2,1,7200,"2025-07-01 05:00:00+00",0)']);
  });
});

describe('the aggregates after a correction', () => {
  let app: IngestionApp;

  beforeEach(async () => {
    app = await startIngestionApp();
    await app.load(smallFactory());
  });
  afterEach(() => app.close());

  it('move with a phase to the day it ended after all, and leave no row of zeros behind', async () => {
    const sheets = smallFactory();
    // Phase 11 ended on 2 March instead of 3 January: 58 days and 4 h after its start = 5,025,600 s.
    const phases = sheets.FasesOrdemFabrico.map((row) =>
      row.FaseOf_Id === 11 ? phase(11, 1, 1, 1, { inicio: '2025-01-03T08:00:00', fim: '2025-03-02T12:00:00' }) : row,
    );
    await app.load({ ...sheets, FasesOrdemFabrico: phases });
    expect((await aggregatesOf(app)).agg_phase_stats_daily).toEqual([
      '(2025-01-04,2,100,1,0,0,0)',
      '(2025-02-05,1,101,1,1,94500,0)',
      '(2025-03-02,1,100,1,1,5025600,0)',
    ]);
  });

  it('follow the product of an order into phases and errors', async () => {
    const sheets = smallFactory();
    const orders = [
      order(1, '2025-01-02T08:00:00', 'NULL', 12, { acabamento: '2025-01-20T16:00:00', transporte: '2025-01-21' }),
      ...sheets.OrdensFabrico.slice(1),
    ];
    // In the same load phase 11 turns out to have ended on 2 March, as above; phase 12 stays as it was.
    const phases = sheets.FasesOrdemFabrico.map((row) =>
      row.FaseOf_Id === 11 ? phase(11, 1, 1, 1, { inicio: '2025-01-03T08:00:00', fim: '2025-03-02T12:00:00' }) : row,
    );
    await app.load({ ...sheets, OrdensFabrico: orders, FasesOrdemFabrico: phases });
    const after = await aggregatesOf(app);
    expect(after.agg_phase_stats_daily).toEqual([
      '(2025-01-04,2,,1,0,0,0)',
      '(2025-02-05,1,101,1,1,94500,0)',
      '(2025-03-02,1,,1,1,5025600,0)',
    ]);
    expect(after.agg_quality_daily).toEqual(['(2025-01-04,,2,1,2,1)', '(2025-02-05,101,2,,1,1)']);
  });

  it('follow the culprit of an error into another order, and keep what else was found in its own', async () => {
    const sheets = smallFactory();
    // The error of order 2 names phase 12 of order 1 as culprit; then phase 12 turns out to be of type 1. The other one
    // was found in phase 22, which began on 27 February.
    const errors = [
      sheets.OrdemFabricoErros[0],
      failure('Molde baço', 2, 1, 21, 12),
      failure('Riscos', 2, 3, 22, 'NULL'),
    ];
    await app.load({ ...sheets, OrdemFabricoErros: errors }, { allowMassAbsence: EVERY_SHEET });
    // The error without a culprit is another one, and has left.
    expect((await aggregatesOf(app)).agg_quality_daily).toEqual([
      '(2025-01-04,100,2,1,2,1)',
      '(2025-02-05,101,2,2,1,1)',
      '(2025-02-27,101,2,,3,1)',
    ]);
    const phases = sheets.FasesOrdemFabrico.map((row) =>
      row.FaseOf_Id === 12 ? phase(12, 1, 1, 2, { inicio: '2025-01-04T08:00:00', fim: '2025-01-04T08:00:00' }) : row,
    );
    await app.load({ ...sheets, FasesOrdemFabrico: phases, OrdemFabricoErros: errors });
    expect((await aggregatesOf(app)).agg_quality_daily).toContain('(2025-02-05,101,2,1,1,1)');
    const { rows } = await app.sql.query<{ text: string }>(
      'SELECT descricao AS text FROM analytics.quality_errors ORDER BY gravidade',
    );
    expect(rows.map(({ text }) => text)).toEqual(['Molde baço', 'Interior enrugado', 'Riscos']);
  });

  it('are computed from nothing when another version of them stands there', async () => {
    const before = await aggregatesOf(app);
    await app.sql.query(`UPDATE analytics.derivation_state SET signature = 'older'`);
    await app.sql.query('UPDATE analytics.agg_phase_stats_daily SET executions = 77');
    const sheets = smallFactory();
    const errors = [...sheets.OrdemFabricoErros, failure('Bolhas', 3, 3, 'NULL', 'NULL')];
    await app.load({ ...sheets, OrdemFabricoErros: errors });
    const after = await aggregatesOf(app);
    expect(after.agg_phase_stats_daily).toEqual(before.agg_phase_stats_daily);
    expect(after.agg_quality_daily).toContain('(2025-02-10,999,2,,3,1)');
  });
});
