import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../../../src/common/metrics';
import { order, smallFactoryWith } from '../../support/factory-workbook';
import { type IngestionApp, startIngestionApp } from '../../support/ingestion-app';

let product: IngestionApp;
const scrape = async (): Promise<string> => (await fetch(`${product.url}/metrics`)).text();
const ask = async (path: string): Promise<number> => (await fetch(`${product.url}${path}`)).status;
/** Lines of a metric's series, without its HELP and TYPE. */
const series = (text: string, name: string): string[] => text.split('\n').filter((line) => line.startsWith(`${name}{`));

beforeAll(async () => {
  product = await startIngestionApp();
});
afterAll(() => product.close());

describe('what Prometheus is told', () => {
  it('holds the eight metrics of the specification under their names and labels', () => {
    const metrics = Object.fromEntries(
      product.app
        .get(Metrics)
        .registry.getMetricsAsArray()
        .map((metric) => [metric.name, (metric as unknown as { labelNames: string[] }).labelNames]),
    );
    // PROJECT_CONTEXT.md, "Métricas Prometheus".
    expect(metrics).toMatchObject({
      ingestion_rows_total: ['sheet', 'status'],
      ingestion_duration_seconds: ['sheet'],
      db_query_duration_seconds: ['endpoint', 'query_name'],
      cache_hits_total: ['endpoint'],
      cache_misses_total: ['endpoint'],
      whatif_runs_total: [],
      ml_inference_duration_seconds: ['model'],
      ml_train_duration_seconds: ['task'],
    });
  });

  it('is given once, and nothing of it fails behind the answer', async () => {
    const failures = jest.spyOn(PinoLogger.prototype, 'error');
    const response = await fetch(`${product.url}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await response.text()).endsWith('\n')).toBe(true);
    expect(failures).not.toHaveBeenCalled();
    failures.mockRestore();
  });

  it('holds the event loop, the garbage collector and the memory of the process', async () => {
    const text = await scrape();
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'nodejs_heap_size_used_bytes',
    ]) {
      expect(text).toMatch(new RegExp(`^${name} [0-9.e-]+$`, 'm'));
    }
  });

  it('has no figure of the factory before the first load, and no 0 in its place', async () => {
    const text = await scrape();
    expect(text).toContain('# TYPE factory_wip_phases gauge');
    expect(text).not.toMatch(/^(factory|published)_\w+(\{.*\})? /m);
  });

  it('counts every address that no route has in one series, however it is asked for', async () => {
    for (let i = 0; i < 50; i += 1) await ask(`/no/such/${i}?x=${i}`);
    await fetch(`${product.url}/nor/this`, { method: 'PUT' });
    const unmatched = series(await scrape(), 'http_request_duration_seconds_count').filter((line) =>
      /no.such|unmatched|PUT/.test(line),
    );
    expect(unmatched).toEqual(['http_request_duration_seconds_count{route="unmatched",status="404"} 51']);
  });

  it('counts a request by its route template, also one that was refused before its handler', async () => {
    expect(await ask('/api/prodplan/orders/987654321')).toBe(404);
    expect(await ask('/api/prodplan/orders?limit=none')).toBe(400);
    const text = await scrape();
    expect(text).toContain(
      'http_request_duration_seconds_count{route="GET /api/prodplan/orders/:of_id",status="404"} 1',
    );
    expect(text).toContain('http_request_duration_seconds_count{route="GET /api/prodplan/orders",status="400"} 1');
    expect(text).not.toContain('987654321');
  });

  it('measures statements by the route that ran them and the name of their file', async () => {
    await ask('/api/prodplan/orders?limit=1');
    const text = await scrape();
    const label = 'endpoint="GET /api/prodplan/orders",query_name="page_orders"';
    expect(text).toMatch(new RegExp(`^db_query_duration_seconds_count\\{${label}\\} [1-9]`, 'm'));
    expect(text).toMatch(
      /^db_query_duration_seconds_count\{endpoint="GET \/api\/prodplan\/orders",query_name="transaction"\} /m,
    );
  });

  it('shows the pool', async () => {
    const text = await scrape();
    expect(text).toMatch(/^db_pool_connections\{state="(busy|idle)"\} [1-9]/m);
    expect(text).toMatch(/^db_pool_size 10$/m);
    expect(text).toMatch(/^db_pool_waiting 0$/m);
  });
});

describe('what Prometheus is told of a loaded workbook', () => {
  // as_of is 2025-02-27 14:00: order 4 is due on that day, order 5 was due the day before.
  const factory = smallFactoryWith({
    OrdensFabrico: [
      order(4, '2025-02-11T08:00:00', 100, 1, { transporte: '2025-02-27' }),
      order(5, '2025-02-12T08:00:00', 100, 1, { transporte: '2025-02-26' }),
    ],
  });
  beforeAll(async () => {
    await product.load(factory);
  });

  it('accounts for its sheets: what became of all rows together is what was read', async () => {
    const rows = series(await scrape(), 'published_rows').filter((line) => line.includes('sheet="OrdensFabrico"'));
    const read = rows.filter((line) => !line.includes('absent')).map((line) => Number(line.split(' ').at(-1)));
    expect(read.reduce((sum, each) => sum + each, 0)).toBe(factory.OrdensFabrico.length);
  });

  it('shows the match rates with their thresholds, and the findings by code', async () => {
    const text = await scrape();
    // Of the assigned phases 11, 21, 22, 999 three exist.
    expect(text).toContain('published_match_rate{name="employee_productivity"} 0.75\n');
    expect(text).toContain('published_match_rate_threshold{name="employee_productivity"} 0.9\n');
    expect(text).toContain('published_issues{sheet="OrdensFabrico",code="ORPHAN_PRODUCT"} 1\n');
    expect(text).toContain('published_sample 0\n');
  });

  it('counts active orders as the list of orders does', async () => {
    const { orders } = (await (await fetch(`${product.url}/api/prodplan/orders?limit=100`)).json()) as {
      orders: { status: string; dormant: boolean }[];
    };
    const active = orders.filter(({ status, dormant }) => status !== 'DONE' && !dormant);
    const counted = Object.fromEntries(
      series(await scrape(), 'factory_active_orders').map((line) => {
        const [, status, value] = /status="(\w+)"\} (\d+)/.exec(line)!;
        return [status, Number(value)];
      }),
    );
    expect(active.length).toBe(4);
    // What is due today is not late before the day is over.
    expect(counted.LATE).toBe(1);
    for (const status of ['CREATED', 'IN_PROGRESS', 'AT_RISK', 'LATE']) {
      expect({ status, count: counted[status] }).toEqual({
        status,
        count: active.filter((o) => o.status === status).length,
      });
    }
  });
});
