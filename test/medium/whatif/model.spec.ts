import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';
import { get } from '../prodplan/seed';
import { steadyFactory } from './steady-factory';

let product: IngestionApp;
beforeAll(async () => {
  product = await startIngestionApp();
  await product.load(steadyFactory());
});
afterAll(() => product.close());

interface Kpis {
  otd_pct: number;
  lead_time_h: number;
  makespan_h: number;
  on_time_orders: number;
}

async function withCalendar(calendar: object): Promise<{ simulated_kpis: Kpis; delta_kpis: Kpis; orders: number }> {
  const answer = await fetch(`${product.url}/api/whatif/simulate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ calendar }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Awaited<ReturnType<typeof withCalendar>>;
}

describe('what the simulation takes from the data', () => {
  it('is the working week as it was recorded, and the capacities that follow', async () => {
    const { status, body } = await get<{
      open_hours: Record<string, number[]>;
      phases: { fase_id: number; needs_capacity: boolean }[];
    }>(`${product.url}/api/whatif/calendar`);
    expect(status).toBe(200);
    // On every weekday something starts or ends at 08:00, 12:00, 13:00 and 15:00: 5 × 4 hours.
    expect(body).toMatchObject({ basis: 'HOUR_OF_WEEK', hours_per_week: 20 });
    const worked = [8, 12, 13, 15];
    expect(body.open_hours).toEqual({
      ...{ monday: worked, tuesday: worked, wednesday: worked, thursday: worked, friday: worked },
      ...{ saturday: [], sunday: [] },
    });
    // Of the four open hours a day, one order is at Laminagem in the first: the 90th percentile is one at once.
    expect(body.phases.find(({ fase_id }) => fase_id === 1)).toMatchObject({
      ...{ needs_capacity: true, capacity: 1, basis: 'RECENT_WINDOW' },
    });
    expect(body.phases.find(({ fase_id }) => fase_id === 2)).toMatchObject({
      ...{ needs_capacity: false, free_because: 'AUTOMATIC' },
    });
  });

  it('is tried on each past moment that has 90 days before it, and right about a factory that repeats itself', async () => {
    const { status, body } = await get<{
      moments: { days_ago: number; throughput: object; lead_time: { mean_absolute_error_days: number } }[];
    }>(`${product.url}/api/whatif/backtest`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ data_date: '2025-12-11' });
    // Recorded since 2025-02-03, 311 days: 270 days ago only 41 days had been.
    expect(body.moments.map(({ days_ago }) => days_ago)).toEqual([90, 180]);
    // One order is finished each weekday from Monday 2025-09-15 to Thursday 2025-12-11: 12 weeks and 4 days.
    expect(body.moments[0]).toMatchObject({ throughput: { actual: 64, within_tolerance: true }, failing_phases: [] });
    for (const { lead_time } of body.moments) expect(lead_time.mean_absolute_error_days).toBeLessThan(1);
  });
});

describe('another calendar', () => {
  /*
   * Ten orders are active on Thursday 2025-12-11 at 15:00, all due on Tuesday the 16th: eight of the backlog and those
   * created on the last two days. Laminagem and Controlo do four orders a day each, so work goes on into Wednesday.
   */
  it('with a closed day finishes a day later, and fewer orders on time', async () => {
    const { delta_kpis, orders } = await withCalendar({ closed_days: ['2025-12-12'] });
    expect(orders).toBe(10);
    expect(delta_kpis.makespan_h).toBe(24);
    expect(delta_kpis.lead_time_h).toBeGreaterThan(0);
    expect(delta_kpis.on_time_orders).toBeLessThan(0);
  });

  it('with an extra shift finishes earlier, and all orders on time', async () => {
    // Eight hours on Saturday are as many as two weekdays have.
    const { delta_kpis, simulated_kpis } = await withCalendar({
      extra_shifts: [{ from: '2025-12-13T08:00', to: '2025-12-13T16:00' }],
    });
    expect(delta_kpis.makespan_h).toBeLessThan(0);
    expect(delta_kpis.lead_time_h).toBeLessThan(0);
    expect(simulated_kpis.otd_pct).toBe(100);
  });

  it('that is closed when nobody works anyway changes nothing', async () => {
    const { delta_kpis } = await withCalendar({ closed_days: ['2025-12-13', '2025-12-14'] });
    expect(delta_kpis).toEqual({ otd_pct: 0, lead_time_h: 0, makespan_h: 0, on_time_orders: 0 });
  });
});
