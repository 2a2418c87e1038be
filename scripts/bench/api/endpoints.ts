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
  /** the span of time it asks for, where only the months of that span may be read */
  windowDays?: number;
}

/** SLOs of the specification, ms. */
const SLO = { orders: 400, order: 250, schedule: 250, kpis: 300, other: 300 } as const;

function endpoint(
  name: string,
  route: string,
  sloMs: number,
  query: string | ((samples: Samples) => string) = '',
  more: Pick<Endpoint, 'isLive' | 'windowDays'> = {},
): Endpoint {
  const path = (samples: Samples): string =>
    route
      .replace('{of_id}', samples.ofId)
      .replace('{produto_id}', String(samples.produtoId))
      .replace('{run_id}', String(samples.runId)) + (typeof query === 'string' ? query : query(samples));
  return { name, route, path, sloMs, ...more };
}

const days30 = ({ daysBefore30, until }: Samples): string => `?from=${daysBefore30}&to=${until}`;
const days365 = ({ daysBefore365, until }: Samples): string => `?from=${daysBefore365}&to=${until}`;
const in30 = { windowDays: 30 };
const in365 = { windowDays: 365 };

const PRODPLAN = '/api/prodplan';
const KPIS = '/api/kpis';
const QUALITY = '/api/quality';
const INVENTORY = '/api/smartinventory';

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
  endpoint('schedule', `${PRODPLAN}/schedule/current`, SLO.schedule),
  endpoint('bottlenecks', `${PRODPLAN}/bottlenecks`, SLO.other, '?top_n=10'),
  endpoint('risk_queue', `${PRODPLAN}/risk_queue`, SLO.other, '?limit=50'),
  endpoint('eta_backtest', `${PRODPLAN}/eta/backtest`, SLO.other),
  endpoint('kpis_overview', `${KPIS}/overview`, SLO.kpis),
  endpoint('kpis_overview_30', `${KPIS}/overview`, SLO.kpis, days30, in30),
  endpoint('kpis_overview_365', `${KPIS}/overview`, SLO.kpis, days365, in365),
  endpoint('kpis_by_phase', `${KPIS}/by-phase`, SLO.kpis),
  endpoint('kpis_by_phase_30', `${KPIS}/by-phase`, SLO.kpis, days30, in30),
  endpoint('kpis_by_phase_365', `${KPIS}/by-phase`, SLO.kpis, days365, in365),
  endpoint('kpis_by_product', `${KPIS}/by-product`, SLO.kpis),
  endpoint('kpis_by_product_30', `${KPIS}/by-product`, SLO.kpis, days30, in30),
  endpoint('kpis_by_employee', `${KPIS}/by-employee`, SLO.kpis),
  endpoint('kpis_by_employee_30', `${KPIS}/by-employee`, SLO.kpis, days30, in30),
  endpoint('quality_overview', `${QUALITY}/overview`, SLO.other),
  endpoint('quality_overview_30', `${QUALITY}/overview`, SLO.other, days30, in30),
  endpoint('quality_overview_365', `${QUALITY}/overview`, SLO.other, days365, in365),
  endpoint('quality_by_phase', `${QUALITY}/by-phase`, SLO.other),
  endpoint('quality_by_phase_30', `${QUALITY}/by-phase`, SLO.other, days30, in30),
  endpoint('quality_by_product', `${QUALITY}/by-product`, SLO.other),
  endpoint('quality_by_product_30', `${QUALITY}/by-product`, SLO.other, days30),
  endpoint('quality_risk', `${QUALITY}/risk`, SLO.other),
  endpoint('quality_risk_365', `${QUALITY}/risk`, SLO.other, days365),
  endpoint('wip', `${INVENTORY}/wip`, SLO.other),
  endpoint('wip_produto', `${INVENTORY}/wip`, SLO.other, ({ produtoId }) => `?produto_id=${produtoId}`),
  endpoint('wip_mass', `${INVENTORY}/wip_mass`, SLO.other),
  endpoint('gelcoat', `${INVENTORY}/gelcoat_theoretical_usage`, SLO.other),
  endpoint('due_risk', `${INVENTORY}/due_risk`, SLO.other),
  endpoint('consumption_estimate', `${INVENTORY}/consumption_estimate`, SLO.other),
  endpoint('material_yield', `${INVENTORY}/material_yield`, SLO.other),
  endpoint('feature_gates', '/api/ops/feature-gates', SLO.other),
  endpoint('data_contract', '/api/ops/data-contract', SLO.other),
  endpoint('performance', '/api/ops/performance', SLO.other, '', { isLive: true }),
  endpoint('release_gate', '/api/ops/release-gate', SLO.other, '', { isLive: true }),
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
  '/smartinventory/material_yield': 'the same handler as with /api',
  '/smartinventory/due_risk': 'the same',
  '/ops/feature-gates': 'the same',
  '/ops/data-contract': 'the same',
  '/ops/performance': 'the same',
  '/metrics': 'reads no data: counters of the process',
  '/api/ml/models': 'a list of a few rows',
  '/api/ml/train/jobs': 'the same',
  '/api/ml/features': 'reads no data: a list of names',
  '/api/ml/backtest': 'reads the cards of the models that answer',
  '/api/ml/predict/leadtime': 'what answers depends on what was trained: npm run bench:ml measures it',
  '/api/ml/predict/risk': 'the same',
  '/api/ml/explain/leadtime': 'the same',
  '/api/ml/explain/risk': 'the same',
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
