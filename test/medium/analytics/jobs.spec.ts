import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComputeAggregatesProcessor, KpiSnapshotsProcessor, RefreshViewsProcessor } from '../../../src/analytics/jobs';
import { RecomputeService } from '../../../src/analytics/recompute.service';
import { MaintenanceService } from '../../../src/ingestion/maintenance/maintenance.service';
import { UploadsService } from '../../../src/ingestion/maintenance/uploads.service';
import { aggregatesOf } from '../../support/analytics-content';
import {
  assignment,
  at,
  failure,
  order,
  phase,
  smallFactory,
  smallFactoryWith,
  type FactorySheets,
} from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { seedRun } from '../ingestion-http/runs.seed';

const CONTEXT = { jobId: 'test', attempt: 1, signal: new AbortController().signal };

let app: IngestionApp;
beforeEach(async () => {
  app = await startIngestionApp();
});
afterEach(() => app.close());

async function rows<Row>(sql: string): Promise<Row[]> {
  return (await app.sql.query(sql)).rows as Row[];
}

/** The small factory, whose order 2 is finished too: created 3 February 08:00, finished 3 March 08:00, due 1 March. */
function withLateOrder(): FactorySheets {
  const sheets = smallFactory();
  const late = order(2, '2025-02-03T08:00:00', 101, 12, {
    acabamento: '2025-03-03T08:00:00',
    transporte: '2025-03-01',
  });
  return { ...sheets, OrdensFabrico: sheets.OrdensFabrico.map((row) => (row.Of_Id === 2 ? late : row)) };
}

describe('what was derived under other settings', () => {
  const outdated = (): Promise<number | undefined> => app.app.get(RecomputeService).outdatedRun();

  it('is noticed by a service that starts with another number of dormant days', async () => {
    await app.load(smallFactory());
    expect(await outdated()).toBeUndefined();
    app.env.dormantDays = 10;
    expect(await outdated()).toBe(1);
  });

  it('is derived anew by the next load, of the same workbook too', async () => {
    // The last event is the start of phase 22 on 27 February, which is also as_of: its order is active either way.
    await app.load(smallFactory(), { name: 'factory.xlsx' });
    const before = await aggregatesOf(app);
    await app.sql.query('UPDATE analytics.agg_phase_stats_daily SET executions = 77');
    app.env.dormantDays = 10;
    const report = await app.load(smallFactory(), { name: 'factory.xlsx' });
    expect(report.steps.map(({ name }) => name)).toContain('derive');
    expect(await aggregatesOf(app)).toEqual(before);
    expect(await outdated()).toBeUndefined();
  });
});

describe('the views', () => {
  const refresh = (): Promise<{ refreshed: string[] }> => app.app.get(RefreshViewsProcessor).process({}, CONTEXT);

  it('show the published data once refreshed, and are refreshed only when these moved', async () => {
    await app.load(smallFactory());
    expect((await refresh()).refreshed).toHaveLength(4);
    // Phase type 1: 4 h of order 1 (product 100), 26.25 h of order 2 (product 101); type 2: one execution of length 0.
    expect(
      await rows(`SELECT produto_id, fase_id, executions, timed_executions, median_seconds
        FROM analytics.mv_phase_durations_by_model ORDER BY 1, 2`),
    ).toEqual([
      { produto_id: 100, fase_id: 1, executions: 1, timed_executions: 1, median_seconds: 14_400 },
      { produto_id: 100, fase_id: 2, executions: 1, timed_executions: 0, median_seconds: null },
      { produto_id: 101, fase_id: 1, executions: 1, timed_executions: 1, median_seconds: 94_500 },
    ]);
    // Order 1: 18 days and 8 hours = 1,584,000 s.
    expect(
      await rows(`SELECT produto_id, orders, finished, median_seconds FROM analytics.mv_order_leadtime_by_model
        ORDER BY 1`),
    ).toEqual([
      { produto_id: 100, orders: 1, finished: 1, median_seconds: 1_584_000 },
      { produto_id: 101, orders: 1, finished: 0, median_seconds: null },
      { produto_id: 999, orders: 1, finished: 0, median_seconds: null },
    ]);
    expect((await refresh()).refreshed).toEqual([]);
    // The same content again is published, and moves nothing.
    await app.load(smallFactory(), { force: true });
    expect((await refresh()).refreshed).toEqual([]);
    await app.load(withLateOrder());
    expect((await refresh()).refreshed).toHaveLength(4);
    expect(await rows('SELECT finished FROM analytics.mv_order_leadtime_by_model WHERE produto_id = 101')).toEqual([
      { finished: 1 },
    ]);
  });

  it('hold a product that is none, and are refreshed twice at once without harm', async () => {
    const sheets = smallFactory();
    const orders = [...sheets.OrdensFabrico, order(4, '2025-02-20T08:00:00', 'NULL', 1, {})];
    await app.load({ ...sheets, OrdensFabrico: orders });
    const both = await Promise.all([refresh(), refresh()]);
    expect(both.map(({ refreshed }) => refreshed.length).sort()).toEqual([0, 4]);
    expect(await rows('SELECT orders FROM analytics.mv_order_leadtime_by_model WHERE produto_id IS NULL')).toEqual([
      { orders: 1 },
    ]);
  });
});

describe('the KPI snapshots', () => {
  const compute = (): Promise<{ from: string | null; to: string | null }> =>
    app.app.get(KpiSnapshotsProcessor).process();
  const day = (date: string): Promise<unknown[]> =>
    rows(`SELECT orders_finished, orders_with_due, orders_on_time, otd_pct, lead_time_h, avg_cycle_time_hours
      FROM analytics.kpi_snapshots WHERE day = '${date}'`);

  it('hold the KPIs of the 90 days that end with each day', async () => {
    await app.load(withLateOrder());
    // The first finish is 20 January, the data clock stands at the last: 3 March.
    expect(await compute()).toEqual({ from: '2025-01-20', to: '2025-03-03' });
    // Order 1: on time, 18 days 8 h = 440 h. Order 2, from 3 March: two days late, 28 days = 672 h. Mean and median: 556.
    expect(await day('2025-03-02')).toEqual([
      {
        orders_finished: 1,
        orders_with_due: 1,
        orders_on_time: 1,
        otd_pct: 1,
        lead_time_h: 440,
        avg_cycle_time_hours: 440,
      },
    ]);
    expect(await day('2025-03-03')).toEqual([
      {
        orders_finished: 2,
        orders_with_due: 2,
        orders_on_time: 1,
        otd_pct: 0.5,
        lead_time_h: 556,
        avg_cycle_time_hours: 556,
      },
    ]);
    expect(await compute()).toEqual({ from: null, to: null });
  });

  it('are computed anew from the first day whose finished orders a load changed, as if from nothing', async () => {
    await app.load(withLateOrder());
    await compute();
    // Order 2 was finished on 1 February already, before it began: no lead time, and on time.
    const sheets = withLateOrder();
    const corrected = order(2, '2025-02-03T08:00:00', 101, 12, {
      acabamento: '2025-02-01T08:00:00',
      transporte: '2025-03-01',
    });
    await app.load({
      ...sheets,
      OrdensFabrico: sheets.OrdensFabrico.map((row) => (row.Of_Id === 2 ? corrected : row)),
    });
    // The data clock falls back to the start of phase 22, 27 February.
    expect(await compute()).toEqual({ from: '2025-02-01', to: '2025-02-27' });
    const incremental = await rows('SELECT * FROM analytics.kpi_snapshots ORDER BY day');
    expect(await day('2025-02-27')).toEqual([
      {
        orders_finished: 2,
        orders_with_due: 2,
        orders_on_time: 2,
        otd_pct: 1,
        lead_time_h: 440,
        avg_cycle_time_hours: 440,
      },
    ]);
    await app.app.get(ComputeAggregatesProcessor).process({}, CONTEXT);
    expect(await rows('SELECT * FROM analytics.kpi_snapshots ORDER BY day')).toEqual(incremental);
    // Order 1, finished on 20 January, was due on the 19th and not on the 21st: all days since then say something else.
    await app.load({
      ...sheets,
      OrdensFabrico: [
        { ...sheets.OrdensFabrico[0], Of_DataTransporte: at('2025-01-19') },
        corrected,
        sheets.OrdensFabrico[2],
      ],
    });
    expect(await compute()).toEqual({ from: '2025-01-20', to: '2025-02-27' });
    expect(await day('2025-02-27')).toMatchObject([{ orders_finished: 2, orders_with_due: 2, orders_on_time: 1 }]);
  });

  it('hold a finish for 90 days, then nothing, and begin with the first finish, all in days of the factory', async () => {
    const sheets = smallFactory();
    const finished = (id: number, created: string, acabamento: string) =>
      order(id, created, 100, 12, { acabamento, transporte: acabamento.slice(0, 10) });
    // The last event, which the data clock stands at.
    const phases = [...sheets.FasesOrdemFabrico, phase(23, 2, 1, 3, { inicio: '2025-04-21T08:00:00' })];
    const others = sheets.OrdensFabrico.slice(1);
    await app.load({ ...sheets, FasesOrdemFabrico: phases });
    expect(await compute()).toEqual({ from: '2025-01-20', to: '2025-04-21' });
    // Order 1, finished on 20 January: 11 days are left of January, 28 of February, 31 of March: 19 April is 89 days later.
    expect(await day('2025-04-19')).toMatchObject([{ orders_finished: 1, lead_time_h: 440 }]);
    expect(await day('2025-04-20')).toEqual([
      {
        orders_finished: 0,
        orders_with_due: 0,
        orders_on_time: 0,
        otd_pct: null,
        lead_time_h: null,
        avg_cycle_time_hours: null,
      },
    ]);
    // It was finished on its due day after all, half an hour after midnight, which is 31 March in UTC: from 2 January
    // 08:00 UTC to 31 March 23:30 UTC are 88 days and 15.5 h = 2127.5 h.
    const later = finished(1, '2025-01-02T08:00:00', '2025-04-01T00:30:00');
    await app.load({ ...sheets, FasesOrdemFabrico: phases, OrdensFabrico: [later, ...others] });
    expect(await compute()).toEqual({ from: '2025-04-01', to: '2025-04-21' });
    expect(await rows('SELECT min(day)::text AS day FROM analytics.kpi_snapshots')).toEqual([{ day: '2025-04-01' }]);
    expect(await day('2025-04-01')).toMatchObject([{ orders_finished: 1, orders_on_time: 1, lead_time_h: 2127.5 }]);
    // Another finish half an hour after midnight changes that day and those after it, not the one before.
    const another = finished(4, '2025-04-02T08:00:00', '2025-04-05T00:30:00');
    await app.load({ ...sheets, FasesOrdemFabrico: phases, OrdensFabrico: [later, ...others, another] });
    expect(await compute()).toEqual({ from: '2025-04-05', to: '2025-04-21' });
  });
});

describe('the computation from nothing', () => {
  it('heals what stands wrongly in the aggregates, and turns readers to it', async () => {
    await app.load(smallFactory());
    const before = await aggregatesOf(app);
    const [{ version }] = await rows<{ version: number }>('SELECT version FROM ops.ops_cache_version');
    await app.sql.query('UPDATE analytics.agg_phase_stats_daily SET executions = 77');
    await app.sql.query('DELETE FROM analytics.agg_quality_daily');
    await app.app.get(ComputeAggregatesProcessor).process({}, CONTEXT);
    const after = await aggregatesOf(app);
    expect({ ...after, marks: [] }).toEqual({ ...before, marks: [] });
    expect(await rows('SELECT version FROM ops.ops_cache_version')).toEqual([{ version: version + 1 }]);
  });

  it('does nothing while nothing is loaded', async () => {
    expect(await app.app.get(ComputeAggregatesProcessor).process({}, CONTEXT)).toEqual({ runId: null });
  });

  it('lets a load and itself take turns', async () => {
    await app.load(smallFactory());
    await Promise.all([app.load(withLateOrder()), app.app.get(ComputeAggregatesProcessor).process({}, CONTEXT)]);
    const left = await aggregatesOf(app);
    await app.app.get(ComputeAggregatesProcessor).process({}, CONTEXT);
    expect({ ...(await aggregatesOf(app)), marks: [] }).toEqual({ ...left, marks: [] });
  });
});

describe('maintenance', () => {
  const service = (): MaintenanceService => app.app.get(MaintenanceService);

  it('finds nothing to repair after a load, and repairs what was written past it', async () => {
    await app.load(smallFactory());
    expect([await service().backfillPhaseColumns(), await service().backfillErrorEventTime()]).toEqual([0, 0]);
    await app.sql.query(`UPDATE core.fases_ordem_fabrico SET faseof_duration_seconds = 1 WHERE faseof_id = 11`);
    await app.sql.query(`UPDATE core.erros_ordem_fabrico SET ofch_event_time = '2020-01-01' WHERE ofch_of_id = 2`);
    expect([await service().backfillPhaseColumns(), await service().backfillErrorEventTime()]).toEqual([1, 1]);
    // From 08:00 to 12:00, and of the time when it ended.
    expect(
      await rows(
        'SELECT faseof_duration_seconds, faseof_event_time FROM core.fases_ordem_fabrico WHERE faseof_id = 11',
      ),
    ).toEqual([{ faseof_duration_seconds: 14_400, faseof_event_time: new Date('2025-01-03T12:00:00Z') }]);
  });

  it('marks an orphan as resolved when its phase arrives', async () => {
    // Found in phase 31, which is there, and caused in 888, which never comes.
    const sheets = smallFactoryWith({ OrdemFabricoErros: [failure('Riscos', 3, 1, 31, 888)] });
    await app.load(sheets);
    // Worker 7 is assigned to phase 999, which does not exist.
    expect(await service().reconcile()).toEqual({ resolved: 0, recorded: 0 });
    const arrived = phase(999, 3, 2, 2, {});
    await app.load({ ...sheets, FasesOrdemFabrico: [...sheets.FasesOrdemFabrico, arrived] });
    expect(await service().reconcile()).toEqual({ resolved: 1, recorded: 0 });
    expect(
      await rows(`SELECT run_id, row_key, resolved_run_id FROM ops.data_quality_issues
        WHERE code = 'ORPHAN_PHASE' AND entity = 'funcionarios_fase_ordem_fabrico' ORDER BY run_id`),
    ).toEqual([{ run_id: 1, row_key: '999/7', resolved_run_id: 2 }]);
    expect(await service().reconcile()).toEqual({ resolved: 0, recorded: 0 });
  });

  it('records an orphan that no load has seen, once', async () => {
    // The first run has recorded that phase 999 is missing, the second, which no longer names it, that 998 is.
    const sheets = smallFactory();
    await app.load(sheets);
    await app.load(
      { ...sheets, FuncionariosFaseOrdemFabrico: [assignment(11, 7, 1), assignment(998, 7, 0)] },
      { allowMassAbsence: ['FuncionariosFaseOrdemFabrico'] },
    );
    await app.sql.query(`INSERT INTO core.funcionarios_fase_ordem_fabrico VALUES (777, 8, 0), (999, 7, 0)`);
    const both = await Promise.all([service().reconcile(), service().reconcile()]);
    expect(both.map(({ recorded }) => recorded).sort()).toEqual([0, 2]);
    expect(
      await rows(`SELECT row_key FROM ops.data_quality_issues
        WHERE code = 'ORPHAN_PHASE' AND run_id = 2 ORDER BY row_key`),
    ).toEqual([{ row_key: '777/8' }, { row_key: '998/7' }, { row_key: '999/7' }]);
  });

  it('makes the six months after the data clock, and reports what stands in which partition', async () => {
    await app.load(smallFactory());
    // The last event is of 27 February 2025.
    expect(await service().ensurePartitionsAhead()).toEqual([
      '2025-03-01',
      '2025-04-01',
      '2025-05-01',
      '2025-06-01',
      '2025-07-01',
      '2025-08-01',
    ]);
    const health = await service().reportPartitions();
    expect(health).toMatchObject({ rows: 5, rows_in_default: 0, months_ahead: 6 });
    // Phases 11 and 12 ended in January; 21, 22 and 31 (its order's creation) fall in February.
    expect(health.partitions.filter((part) => part.rows > 0).map((part) => [part.name.slice(-8), part.rows])).toEqual([
      ['y2025m01', 2],
      ['y2025m02', 3],
    ]);
    const written = readFileSync(join(app.env.dataDir, 'reports/PARTITION_HEALTH.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(health);
  });
});

describe('uploaded workbooks', () => {
  it('are removed after UPLOAD_RETENTION_DAYS, but for what a run waits to read', async () => {
    const uploads = join(app.env.dataDir, 'uploads');
    // The test's clock stands at 2025-12-12T00:00Z: 30 days before it is 2025-11-12T00:00Z.
    for (const [name, written] of Object.entries({
      young: '2025-11-12T00:00:01Z',
      old: '2025-11-11T23:59:59Z',
      wanted: '2025-01-01T00:00:00Z',
    })) {
      mkdirSync(join(uploads, name), { recursive: true });
      writeFileSync(join(uploads, name, 'a.xlsx'), 'x');
      utimesSync(join(uploads, name), new Date(written), new Date(written));
    }
    const run = await seedRun(app.sql, { status: 'QUEUED' });
    await app.sql.query('UPDATE ops.ingestion_runs SET workbook_path = $2 WHERE run_id = $1', [
      run,
      join(uploads, 'wanted', 'a.xlsx'),
    ]);
    expect(await app.app.get(UploadsService).prune()).toBe(1);
    expect(readdirSync(uploads).sort()).toEqual(['wanted', 'young']);
    app.env.uploadRetentionDays = 0;
    await app.sql.query(`UPDATE ops.ingestion_runs SET status = 'FAILED'`);
    expect(await app.app.get(UploadsService).prune()).toBe(0);
  });
});
