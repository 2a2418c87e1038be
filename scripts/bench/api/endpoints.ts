import type { Samples } from './samples';

/** One line of the measurement: a request that the product must answer with 200. */
export interface Endpoint {
  /** short, unique; also the name of its EXPLAIN file */
  name: string;
  /** as docs/openapi.json writes it */
  route: string;
  path: (samples: Samples) => string;
  /** the specification's limit for the 95th percentile, ms */
  sloMs: number;
  /** its answer changes by itself, so that only its status can be compared */
  isLive?: boolean;
  /** reads phases of a span of time: only their months may be read */
  isWindowed?: boolean;
}

/** SLOs of the specification, ms. */
const SLO = { orders: 400, order: 250, schedule: 250, kpis: 300, other: 300 } as const;

function endpoint(
  name: string,
  route: string,
  sloMs: number,
  query: string | ((samples: Samples) => string) = '',
  more: Pick<Endpoint, 'isLive' | 'isWindowed'> = {},
): Endpoint {
  const path = (samples: Samples): string =>
    route
      .replace('{of_id}', samples.ofId)
      .replace('{produto_id}', String(samples.produtoId))
      .replace('{run_id}', String(samples.runId)) + (typeof query === 'string' ? query : query(samples));
  return { name, route, path, sloMs, ...more };
}

const PRODPLAN = '/api/prodplan';

/** Everything that is measured. A GET of docs/openapi.json stands here or in NOT_MEASURED. */
export const ENDPOINTS: readonly Endpoint[] = [
  endpoint('orders', `${PRODPLAN}/orders`, SLO.orders, '?limit=100'),
  endpoint('orders_total', `${PRODPLAN}/orders`, SLO.orders, '?limit=100&include_total=true'),
  endpoint('orders_of_id', `${PRODPLAN}/orders`, SLO.orders, ({ ofId }) => `?limit=100&of_id=${ofId.slice(0, 3)}`),
  endpoint('orders_fase', `${PRODPLAN}/orders`, SLO.orders, ({ faseId }) => `?limit=50&fase_id=${faseId}`),
  endpoint('orders_produto', `${PRODPLAN}/orders`, SLO.orders, ({ produtoId }) => `?limit=100&produto_id=${produtoId}`),
  endpoint(
    'orders_created',
    `${PRODPLAN}/orders`,
    SLO.orders,
    ({ daysBefore365, daysBefore30 }) =>
      `?limit=100&data_criacao_from=${daysBefore365}&data_criacao_to=${daysBefore30}`,
  ),
  endpoint('order', `${PRODPLAN}/orders/{of_id}`, SLO.order),
  endpoint('order_phases', `${PRODPLAN}/orders/{of_id}/phases`, SLO.order),
  endpoint('routes', `${PRODPLAN}/routes/{produto_id}`, SLO.other),
  endpoint('ingestion_runs', '/api/ingestion/runs', SLO.other),
  endpoint('ingestion_status', '/api/ingestion/status/{run_id}', SLO.other),
  endpoint('ingestion_report', '/api/ingestion/report/{run_id}', SLO.other),
  endpoint('ingestion_rejects', '/api/ingestion/rejects/{run_id}', SLO.other, '?limit=100'),
  endpoint('ingestion_issues', '/api/ingestion/issues/{run_id}', SLO.other, '?limit=100'),
];

/** GET paths that are left out, and why. */
export const NOT_MEASURED: Readonly<Record<string, string>> = {
  '/api/health': 'reads no data; asks the database and Redis whether they are there',
  '/api/ops/health': 'the same',
  '/api/ingestion/progress/{run_id}': 'a stream that lasts as long as a load',
};

/** What of the documented GET paths is neither measured nor left out, and what is measured but not documented. */
export function compareWithOpenApi(documented: readonly string[]): { missing: string[]; unknown: string[] } {
  const known = new Set([...ENDPOINTS.map(({ route }) => route), ...Object.keys(NOT_MEASURED)]);
  return {
    missing: documented.filter((route) => !known.has(route)),
    unknown: [...known].filter((route) => !documented.includes(route)),
  };
}
