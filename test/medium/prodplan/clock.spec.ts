import { Clock, FixedClock } from '../../../src/common/clock';
import type { OrderDetailDto } from '../../../src/prodplan/dto/order.dto';
import type { RiskQueueDto } from '../../../src/prodplan/dto/risk-queue.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { addOrders, get, publish } from './seed';

describe('CLOCK=wall', () => {
  let product: TestApp;
  const order = async (id: number) => (await get<OrderDetailDto>(`${product.url}/api/prodplan/orders/${id}`)).body;

  beforeAll(async () => {
    product = await startTestApp({
      env: { clock: 'wall', dormantDays: 10 },
      override: (builder) => builder.overrideProvider(Clock).useValue(new FixedClock(new Date('2026-03-01T12:00:00Z'))),
    });
    await publish(product.sql, { asOf: '2025-12-11T12:50:00Z', finishedAt: '2026-01-05T08:00:00Z' });
    await addOrders(product.sql, [
      { id: 1, created: '2026-02-25T00:00:00Z', due: '2026-02-28T00:00:00Z' },
      { id: 2, created: '2025-12-10T00:00:00Z', due: '2026-02-27T00:00:00Z', started: true },
    ]);
    // As a load in December has left them, when neither was dormant.
    await product.sql.query(
      `INSERT INTO analytics.order_forecast (of_id, p_late, days_late, eta_p50, eta_p80, back_off, cases, delay_seconds,
         late_start_seconds, waiting_seconds, rework_seconds, slow_phase_seconds, rest_seconds)
       SELECT id, 0.9, 3, '2026-03-03', '2026-03-09', 'phase', 20, 10, 0, 0, 0, 0, 10 FROM generate_series(1, 2) AS id`,
    );
  });
  afterAll(() => product.close());

  it('counts lateness from now instead of from the last event of the data', async () => {
    expect(await order(1)).toMatchObject({ status: 'LATE', as_of: '2026-03-01T12:00:00+00:00' });
  });

  it('counts dormancy from now, over DORMANT_DAYS days', async () => {
    expect([(await order(1)).dormant, (await order(2)).dormant]).toEqual([false, true]);
  });

  it('has no order in the queue of risks that became dormant since the load', async () => {
    const { body } = await get<RiskQueueDto>(`${product.url}/api/prodplan/risk_queue`);
    expect(body.queue.map(({ of_id }) => of_id)).toEqual(['1']);
  });

  it('leaves generated_at at the end of the load', async () => {
    expect((await order(2)).generated_at).toBe('2026-01-05T08:00:00+00:00');
  });
});
