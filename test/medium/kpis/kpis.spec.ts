import type { OverviewDto, KpisByPhaseDto, KpisByProductDto } from '../../../src/kpis/dto/kpis.dto';
import { order, smallFactory } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { get } from '../prodplan/seed';
import { workshop } from './workshop';

describe('the key figures of a window', () => {
  let app: IngestionApp;
  const overview = async (query = '') => (await get<OverviewDto>(`${app.url}/api/kpis/overview${query}`)).body;
  const byPhase = async (query = '') => (await get<KpisByPhaseDto>(`${app.url}/api/kpis/by-phase${query}`)).body;
  const byProduct = async (query = '') => (await get<KpisByProductDto>(`${app.url}/api/kpis/by-product${query}`)).body;

  beforeAll(async () => {
    app = await startIngestionApp();
    await app.load(workshop());
  });
  afterAll(() => app.close());

  it('are those of the 90 calendar days before the data clock, unless another is asked for', async () => {
    const { kpis, ...rest } = await overview();
    // Finished from 2025-09-11 12:00 (included) to 2025-12-10 12:00 (not included): orders 1, 2, 3, 4, 5, 7.
    // Due: 1, 2, 4, 5, 7; on time 1, 4, 5: 3 / 5.
    // Lead times 240, 480, 241, 240, 240 h (that of 4 is negative): sorted 240 240 240 241 480. Median 240; mean
    // 1441 / 5 = 288.2; p90 at 0.9 * 4 = 3.6: 241 + 0.6 * 239 = 384.4.
    // WIP: phases 62, 111, 112; not 13 (its order is finished), not 121 (dormant).
    expect(kpis).toEqual({
      otd_pct: 0.6,
      lead_time_h: 240,
      lead_time_p90_h: expect.closeTo(384.4, 9),
      avg_cycle_time_hours: expect.closeTo(288.2, 9),
      throughput_day: 6 / 90,
      throughput_dia: 6 / 90,
      orders_finished: 6,
      orders_with_due: 5,
      orders_on_time: 3,
      wip_total: 3,
      gargalo_ativo: 'Laminagem',
      generated_at: '2025-12-12T00:00:00+00:00',
    });
    expect(rest).toEqual({
      from_date: '2025-09-11T12:00:00+01:00',
      to_date: '2025-12-10T12:00:00+00:00',
      as_of: '2025-12-10T12:00:00+00:00',
      generated_at: '2025-12-12T00:00:00+00:00',
    });
  });

  it('are the same when the default window is asked for by its ends, which is counted anew', async () => {
    const window = '?from=2025-09-11T12:00&to=2025-12-10T12:00';
    expect(await overview(window)).toEqual(await overview());
    expect(await byPhase(window)).toEqual(await byPhase());
    expect(await byProduct(window)).toEqual(await byProduct());
  });

  it('count a day of 25 hours as one day', async () => {
    // 2025-10-21 to 2025-10-31 are ten days and 241 hours; orders 2 (480 h) and 3 (241 h): median 360.5.
    const { kpis } = await overview('?from=2025-10-21&to=2025-10-31');
    expect(kpis).toMatchObject({ orders_finished: 2, throughput_day: 0.2, throughput_dia: 0.2, lead_time_h: 360.5 });
  });

  it('count a day of 23 hours as one day', async () => {
    // Order 14, finished on 2025-03-30, took ten days less the skipped hour: 239 h.
    const { kpis } = await overview('?from=2025-03-30&to=2025-03-31');
    expect(kpis).toMatchObject({ orders_finished: 1, throughput_day: 1, lead_time_h: 239 });
  });

  it('take the begin of a window in and leave its end out', async () => {
    const finished = async (query: string) => (await overview(query)).kpis?.orders_finished;
    // Order 3 was finished on 2025-10-30 at 08:00.
    expect(await finished('?from=2025-10-30T08:00&to=2025-10-30T08:01')).toBe(1);
    expect(await finished('?from=2025-10-30T07:00&to=2025-10-30T08:00')).toBe(0);
  });

  it('have no key where there is nothing to divide by', async () => {
    const { kpis } = await overview('?from=2025-10-30&to=2025-10-30');
    expect(Object.keys(kpis ?? {}).sort()).toEqual([
      'gargalo_ativo',
      'generated_at',
      'orders_finished',
      'orders_on_time',
      'orders_with_due',
      'throughput_day',
      'throughput_dia',
      'wip_total',
    ]);
    expect(kpis).toMatchObject({ throughput_day: 0, orders_finished: 0 });
  });

  it('end at the data clock when only the begin is given, 90 days after the begin never', async () => {
    expect(await overview('?from=2025-11-01')).toMatchObject({
      from_date: '2025-11-01T00:00:00+00:00',
      to_date: '2025-12-10T12:00:00+00:00',
      kpis: { orders_finished: 2 },
    });
    expect(await overview('?to=2025-11-01')).toMatchObject({
      from_date: '2025-08-03T00:00:00+01:00',
      to_date: '2025-11-01T00:00:00+00:00',
    });
  });

  it('are an empty window after the data clock', async () => {
    expect(await overview('?from=2026-01-01')).toMatchObject({
      from_date: '2026-01-01T00:00:00+00:00',
      to_date: '2026-01-01T00:00:00+00:00',
      kpis: { orders_finished: 0, throughput_day: 0 },
    });
  });

  it('come by phase type', async () => {
    // Ended in the window: type 1 phases 11 (2 h, a return), 12 (a marker), 51 (139 h), 61 (4 h), 101 (2 h); type 2 phase
    // 31 (4 h). Type 1: sorted 2 2 4 139: median 3; p90 at 2.7: 4 + 0.7 * 135 = 98.5.
    expect((await byPhase()).phases).toEqual([
      {
        fase_id: 1,
        fase_nome: 'Laminagem',
        executions: 5,
        executions_with_duration: 4,
        p50_duration_hours: 3,
        p90_duration_hours: expect.closeTo(98.5, 9),
        returns: 1,
        return_rate: 0.2,
        wip_count: 2,
      },
      {
        fase_id: 2,
        fase_nome: 'Cura',
        executions: 1,
        executions_with_duration: 1,
        p50_duration_hours: 4,
        p90_duration_hours: 4,
        returns: 0,
        return_rate: 0,
        wip_count: 1,
      },
    ]);
  });

  it('show the WIP of a phase type in which nothing ended, with nulls for what did not happen', async () => {
    const { phases } = await byPhase('?from=2025-10-26&to=2025-10-27');
    expect(phases.map(({ fase_id, executions }) => [fase_id, executions])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(phases[0]).toMatchObject({
      executions: 0,
      p50_duration_hours: null,
      p90_duration_hours: null,
      returns: 0,
      return_rate: null,
      wip_count: 2,
    });
  });

  it('come by product, also those in no catalogue and orders of none', async () => {
    // 100: orders 1 and 2 (240, 480 h), one of two on time, two errors of order 1. 101: orders 3 and 7 (241, 240 h), only 7
    // was due, and late. 999: order 4, whose lead time is negative. No product: order 5.
    const product = { errors_per_order: 0, error_rate: 0 };
    expect((await byProduct()).products).toEqual([
      {
        produto_id: 100,
        produto_nome: 'K1 Vento L',
        in_catalogue: true,
        orders: 2,
        lead_time_h: 360,
        avg_cycle_time_hours: 360,
        otd_pct: 0.5,
        error_rate: 0.5,
        errors_per_order: 1,
      },
      {
        ...product,
        produto_id: 101,
        produto_nome: 'K2 Onda',
        in_catalogue: true,
        orders: 2,
        lead_time_h: 240.5,
        avg_cycle_time_hours: 240.5,
        otd_pct: 0,
      },
      {
        ...product,
        produto_id: 999,
        produto_nome: null,
        in_catalogue: false,
        orders: 1,
        lead_time_h: null,
        avg_cycle_time_hours: null,
        otd_pct: 1,
      },
      {
        ...product,
        produto_id: null,
        produto_nome: null,
        in_catalogue: false,
        orders: 1,
        lead_time_h: 240,
        avg_cycle_time_hours: 240,
        otd_pct: 1,
      },
    ]);
  });

  it('leave orders that were never due out of the share on time, which is none where nothing was due', async () => {
    // Until 11 December order 9 of product 100 was finished too, and never due: on time is order 1 of 1 and 2. Order 7 had
    // left, so that of product 101 only order 3 was finished, which was never due either.
    const { products } = await byProduct('?from=2025-09-12&to=2025-12-11');
    expect(products.slice(0, 2)).toMatchObject([
      { produto_id: 100, orders: 3, otd_pct: 0.5 },
      { produto_id: 101, orders: 1, otd_pct: null },
    ]);
  });

  it('give one product or phase type, and an empty list for an unknown one', async () => {
    expect((await byProduct('?produto_id=101')).products.map(({ produto_id }) => produto_id)).toEqual([101]);
    expect((await byPhase('?fase_id=2')).phases.map(({ fase_id }) => fase_id)).toEqual([2]);
    expect((await byProduct('?produto_id=5')).products).toEqual([]);
    expect((await byPhase('?fase_id=777')).phases).toEqual([]);
  });

  it.each(['overview', 'by-phase', 'by-product', 'by-employee'])(
    'are a 400 with detail on %s for a window that is none',
    async (figure) => {
      const cases = [
        ['from=2025-11-02&to=2025-11-01', "from is '2025-11-02': it must not be after to, '2025-11-01'."],
        ['from=yesterday', 'from'],
        ['to=2025-02-30', 'to'],
      ];
      for (const [query, detail] of cases) {
        const { status, body } = await get<{ detail: string }>(`${app.url}/api/kpis/${figure}?${query}`);
        expect([query, status, body.detail]).toEqual([query, 400, expect.stringContaining(detail)]);
      }
    },
  );
});

describe('CLOCK=wall', () => {
  let app: IngestionApp;
  beforeAll(async () => {
    app = await startIngestionApp({ env: { readThreads: 1, clock: 'wall' } });
    await app.load(workshop());
  });
  afterAll(() => app.close());

  it('lets the default window end now', async () => {
    // Now is 2025-12-12 00:00: order 7 has left the window, order 9 (216 h, nothing due) has come into it.
    // Lead times 240, 480, 241, 240, 216: median 240; due 1, 2, 4, 5; on time 1, 4, 5.
    const { body } = await get<OverviewDto>(`${app.url}/api/kpis/overview`);
    expect(body).toMatchObject({
      from_date: '2025-09-13T00:00:00+01:00',
      to_date: '2025-12-12T00:00:00+00:00',
      kpis: { orders_finished: 6, orders_with_due: 4, otd_pct: 0.75, lead_time_h: 240, wip_total: 3 },
    });
  });
});

describe('an empty database', () => {
  let app: IngestionApp;
  beforeAll(async () => {
    app = await startIngestionApp();
  });
  afterAll(() => app.close());

  it('is a 200 that says that nothing is loaded', async () => {
    const answer = async (path: string) => get(`${app.url}/api/kpis/${path}`);
    expect(await answer('overview')).toEqual({ status: 200, body: { message: 'No workbook is loaded yet.' } });
    expect(await answer('by-phase')).toEqual({ status: 200, body: { phases: [] } });
    expect(await answer('by-product?from=2025-01-01')).toEqual({ status: 200, body: { products: [] } });
    expect(await answer('by-employee')).toEqual({ status: 200, body: { employees: [] } });
  });
});

describe('whether an order was finished on time', () => {
  let app: IngestionApp;
  beforeAll(async () => {
    app = await startIngestionApp();
    await app.load({
      ...smallFactory(),
      OrdensFabrico: [
        // Half an hour into the day after the due day; in UTC it is still the due day, since it is summer.
        order(1, '2025-07-01T08:00:00', 100, 12, { acabamento: '2025-07-11T00:30:00', transporte: '2025-07-10' }),
        // On the due day, whose midnight is the day before in UTC.
        order(2, '2025-07-01T08:00:00', 100, 12, { acabamento: '2025-07-10T12:00:00', transporte: '2025-07-10' }),
      ],
      FasesOrdemFabrico: [],
      FuncionariosFaseOrdemFabrico: [],
      OrdemFabricoErros: [],
    });
  });
  afterAll(() => app.close());

  it("is a matter of the factory's calendar days, in all figures", async () => {
    const window = '?from=2025-07-01&to=2025-08-01';
    const { kpis } = (await get<OverviewDto>(`${app.url}/api/kpis/overview${window}`)).body;
    expect(kpis).toMatchObject({ orders_finished: 2, orders_with_due: 2, orders_on_time: 1, otd_pct: 0.5 });
    const { products } = (await get<KpisByProductDto>(`${app.url}/api/kpis/by-product${window}`)).body;
    expect(products).toMatchObject([{ produto_id: 100, orders: 2, otd_pct: 0.5 }]);
  });
});
