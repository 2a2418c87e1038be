import { factoryZone } from '@libs/factory-time';
import { EtaBacktestProcessor } from '../../../src/analytics/jobs';
import type { EtaBacktestDto } from '../../../src/prodplan/dto/eta-backtest.dto';
import type { OrderDetailDto } from '../../../src/prodplan/dto/order.dto';
import type { RiskQueueDto } from '../../../src/prodplan/dto/risk-queue.dto';
import { order, phase, route, smallFactory, type FactorySheets, type SheetRows } from '../../support/factory-workbook';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

const CONTEXT = { jobId: 'test', attempt: 1, signal: new AbortController().signal };
const DAY = 86_400_000;
const ZONE = factoryZone('Europe/Lisbon');
const AS_OF = Date.parse('2025-06-30T08:00:00+01:00');

/** Wall-clock time of the factory, `days` after as_of. */
const day = (days: number): string => ZONE.formatIso(AS_OF + days * DAY).slice(0, 19);

/**
 * Every two weeks back from as_of, two orders stood where those of today stand: created 4 days before, in Laminagem for
 * 2 days. The one of product 100 (K1 Vento L) was finished 6 days later, the one of product 101 (K2 Onda) 10 days later,
 * at which moment it passed through Cura too, behind Laminagem on its route.
 */
function past(): { orders: SheetRows; phases: SheetRows } {
  const made = Array.from({ length: 26 }, (_, index) => index + 1).flatMap((look) =>
    [
      { id: 1000 + look, product: 100, rest: 6 },
      { id: 2000 + look, product: 101, rest: 10 },
    ].map(({ id, product, rest }) => ({
      order: order(id, day(-14 * look - 4), product, 12, { acabamento: day(-14 * look + rest) }),
      phase: phase(id, id, 1, 1, { inicio: day(-14 * look - 2), fim: day(-14 * look + rest) }),
    })),
  );
  const cured = made.flatMap(({ phase: laminated }) => {
    const { FaseOf_Id: id, FaseOf_OfId: ofId, FaseOf_Fim: fim } = laminated;
    return Number(id) < 2000
      ? []
      : [{ ...phase(Number(id) + 1000, ofId, 2, 2, {}), FaseOf_Inicio: fim, FaseOf_Fim: fim }];
  });
  return { orders: made.map((each) => each.order), phases: [...made.map((each) => each.phase), ...cured] };
}

function factory(): FactorySheets {
  const { orders, phases } = past();
  return {
    ...smallFactory(),
    FasesStandardModelos: [route(100, 1, 1), route(101, 1, 1)],
    OrdensFabrico: [
      ...orders,
      // Of product 100, due on 5 July: late. Started after 3 days.
      order(1, day(-4), 100, 1, { transporte: '2025-07-05' }),
      // The same, due on 6 July, the day it is expected.
      order(2, day(-4), 100, 1, { transporte: '2025-07-06' }),
      // Of a product like no other, due on 9 July.
      order(3, day(-4), 999, 1, { transporte: '2025-07-09' }),
      // Due long before as_of.
      order(4, day(-4), 101, 1, { transporte: '2025-06-28' }),
      // Without a due day; its start is as_of.
      order(5, day(-4), 101, 1, {}),
      // Dormant: 200 days without an event.
      order(6, day(-200), 100, 1, { transporte: '2025-07-05' }),
      // Of product 101, due on 8 July; Laminagem ended a day ago, and Cura has not begun.
      order(7, day(-4), 101, 1, { transporte: '2025-07-08' }),
    ],
    FasesOrdemFabrico: [
      ...phases,
      phase(1, 1, 1, 1, { inicio: day(-1) }),
      phase(2, 2, 1, 1, { inicio: day(-2) }),
      phase(3, 3, 1, 1, { inicio: day(-2) }),
      phase(4, 4, 1, 1, { inicio: day(-2) }),
      phase(5, 5, 1, 1, { inicio: day(0) }),
      phase(70, 7, 1, 1, { inicio: day(-2), fim: day(-1) }),
      phase(71, 7, 2, 2, {}),
    ],
    FuncionariosFaseOrdemFabrico: [],
    OrdemFabricoErros: [],
  };
}

describe('forecasts', () => {
  let app: IngestionApp;
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${app.url}/api/prodplan/${path}`);
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  };

  beforeAll(async () => {
    app = await startIngestionApp();
  });
  afterAll(() => app.close());

  it('are empty lists while nothing is loaded', async () => {
    expect(await get('risk_queue')).toEqual({ queue: [], risk_queue: [], at_risk_orders: [] });
    expect(await get('eta/backtest')).toEqual({ status: 'ABSENT', months: [] });
  });

  describe('of a factory where each product always takes the same', () => {
    beforeAll(async () => {
      await app.load(factory());
    });
    const detail = (ofId: number) => get<OrderDetailDto>(`orders/${ofId}`);

    it('are what the own product took from the same place', async () => {
      // 26 cases of product 100 count 8 each, 26 of product 101, of another line, 0.3: the share finished after
      // 6 days is 8 / 8.3 = 0.96, over a half and over 0.8. p50 and p80 are as_of + 6 days.
      expect(await detail(2)).toMatchObject({ eta: '2025-07-06T08:00:00+01:00', eta_p80: '2025-07-06T08:00:00+01:00' });
      // Of product 101 it is 0.3 / 8.3 = 0.04 after 6 days, all after 10.
      expect(await detail(5)).toMatchObject({ eta: '2025-07-10T08:00:00+01:00', eta_p80: '2025-07-10T08:00:00+01:00' });
    });

    it('take all products alike where the own has no past', async () => {
      // Half of them were finished after 6 days, all after 10.
      expect(await detail(3)).toMatchObject({ eta: '2025-07-06T08:00:00+01:00', eta_p80: '2025-07-10T08:00:00+01:00' });
    });

    it('make an order AT_RISK when its p50 is after the due day', async () => {
      const statuses = await Promise.all([1, 2, 3, 4, 5].map(async (ofId) => (await detail(ofId)).status));
      expect(statuses).toEqual(['AT_RISK', 'IN_PROGRESS', 'IN_PROGRESS', 'LATE', 'IN_PROGRESS']);
    });

    it('are not made for dormant and closed orders', async () => {
      expect(await detail(6)).toMatchObject({ dormant: true, eta: null, eta_p80: null });
      expect(await detail(1001)).toMatchObject({ status: 'DONE', eta: null, eta_p80: null });
    });

    it('rank the orders that will miss their due day, with a delay whose parts add up', async () => {
      const { queue, risk_queue, at_risk_orders } = await get<RiskQueueDto>('risk_queue?limit=20');
      expect([risk_queue, at_risk_orders]).toEqual([queue, queue]);
      expect(queue.map((row) => [row.of_id, row.risk_score, row.days_behind])).toEqual([
        // Both are certain: nobody finished within the time left. 10 July - 28 June and 6 July - 5 July.
        ['4', 1, 12],
        ['1', 1, 1],
        // 26 cases of product 101 count 8 each and took till 10 July; 26 of product 100 count 0.3 and took till 6 July,
        // before the end of 8 July: less likely, though later than order 1.
        ['7', expect.closeTo(8 / 8.3, 9), 2],
      ]);
      // The due day ends on 6 July at 00:00, eta is at 08:00: 8 h. Work started after 3 days, usually after 2: 24 h.
      // Nothing else is unusual: the room of 16 h makes it 8.
      expect(queue[1]).toMatchObject({
        produto_id: 100,
        fase_id: 1,
        fase_atual: 'Laminagem',
        due_date: '2025-07-05T00:00:00+01:00',
        eta: '2025-07-06T08:00:00+01:00',
        delay_hours: 8,
        late_start_hours: 24,
        waiting_hours: 0,
        waiting_fase_id: null,
        rework_hours: 0,
        slow_phase_hours: 0,
        slow_phase_fase_id: null,
        rest_hours: -16,
        reason: '8 h late: late start 24 h; less 16 h of room before the due day.',
      });
      // Order 7 stands in Laminagem, done a day ago, and waits for Cura, which otherwise came with the end of Laminagem.
      expect(queue[2]).toMatchObject({
        fase_id: 1,
        fase_atual: 'Laminagem',
        waiting_hours: expect.closeTo(24, 2),
        waiting_fase_id: 2,
        // The due day ends on 9 July at 00:00, eta is 10 July at 08:00.
        reason: '32 h late: waiting in Cura 24 h, rest of the route beyond the due day 8 h.',
      });
      for (const row of queue) {
        const { late_start_hours, waiting_hours, rework_hours, slow_phase_hours, rest_hours } = row;
        const sum = late_start_hours + waiting_hours + rework_hours + slow_phase_hours + rest_hours;
        expect(sum).toBeCloseTo(row.delay_hours, 9);
      }
    });

    it('are cut where asked, by either name', async () => {
      expect((await get<RiskQueueDto>('risk_queue?limit=1')).queue).toHaveLength(1);
      expect((await get<RiskQueueDto>('risk_queue?top_n=1')).queue).toHaveLength(1);
    });

    it.each(['limit=0', 'top_n=0', 'limit=x', 'limit=1&top_n=2'])('refuse %s with a detail', async (query) => {
      const response = await fetch(`${app.url}/api/prodplan/risk_queue?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ detail: expect.any(String) as string });
    });

    it('are compared with what happened, for the version that is served', async () => {
      expect((await get<EtaBacktestDto>('eta/backtest')).status).toBe('ABSENT');
      const compute = () => app.app.get(EtaBacktestProcessor).process({}, CONTEXT);
      expect(await compute()).toEqual({ moments: 24 });
      // Nothing is left to do.
      expect(await compute()).toEqual({ moments: 0 });
      const { status, overall, months } = await get<EtaBacktestDto>('eta/backtest');
      expect([status, months.length]).toEqual(['CURRENT', 24]);
      // Created 4 days before 2 June 08:00, the second look back, and finished 6 and 10 days after it: two orders are
      // active at 1 June 00:00. Their like took just as long from there, and every lead time is the median one. Order 6
      // was not asleep then; it is not finished though its p80, of at most 12 days, has passed: 2 of 3 are covered.
      expect(months[23]).toEqual({
        moment: '2025-06-01T00:00:00+01:00',
        ...{ active: 3, finished: 2, mae_days: 0, bias_days: 0, naive_mae_days: 0, naive_bias_days: 0 },
        ...{ p80_coverage: 2 / 3, missed_unfinished: 1, left_out: 0, not_forecast: 0 },
      });
      // The past begins in July 2024: nothing to tell of the months before.
      expect(months[0]).toMatchObject({ active: 0, mae_days: null, p80_coverage: null });
      expect(overall?.active).toBe(months.reduce((sum, month) => sum + month.active, 0));
    });

    it('are the same again for the same data, and a backtest of earlier data says so', async () => {
      const before = await get<RiskQueueDto>('risk_queue');
      await app.load(factory(), { force: true });
      expect((await get<RiskQueueDto>('risk_queue')).queue).toEqual(before.queue);
      expect((await get<EtaBacktestDto>('eta/backtest')).status).toBe('OUTDATED');
      // One of an earlier version does not stand for that of the published one.
      expect(await app.app.get(EtaBacktestProcessor).process({}, CONTEXT)).toEqual({ moments: 24 });
      expect((await get<EtaBacktestDto>('eta/backtest')).status).toBe('CURRENT');
    });
  });
});
