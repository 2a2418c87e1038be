import { ENDPOINTS } from '../api/endpoints';
import type { Samples } from '../api/samples';

/** One request of a page. */
export interface PageRequest {
  /** method and path as docs/openapi.json writes it */
  name: string;
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  /** whether the frontend sends its key with it */
  hasKey?: boolean;
  /** statuses beside 200 that are right answers: what the data do not support, and what waits for its turn */
  also?: readonly number[];
  /** the specification's limit for the 95th percentile, ms; undefined: it has none */
  sloMs?: number;
}

const NOT_SUPPORTED = 422;
const TOO_MANY = 429;

const get = (route: string, query = '', path = route): PageRequest => ({
  name: `GET ${route}`,
  method: 'GET',
  path: path + query,
  sloMs: ENDPOINTS.find((endpoint) => endpoint.route === route)?.sloMs,
});

const post = (path: string, body: object, also: readonly number[]): PageRequest => ({
  name: `POST ${path}`,
  method: 'POST',
  path,
  body,
  also: [201, ...also],
  hasKey: true,
});

const PRODPLAN = '/api/prodplan';
const INVENTORY = '/api/smartinventory';

/** Asked by every page before its own requests. */
const HEALTH: PageRequest = { name: 'GET /api/health', method: 'GET', path: '/api/health' };

/**
 * What a user's frontend asks while all its pages are opened once, those of daily use more often: the page table of the
 * frontend contract. Trainings and loads are started by administrators and not by opening pages; a load runs beside.
 *
 * @param ofIds orders whose pages are opened
 */
export function pageRequests(samples: Samples, ofIds: readonly string[]): PageRequest[] {
  const { faseId, produtoId } = samples;
  const order = `${PRODPLAN}/orders/{of_id}`;
  const orderPage = (ofId: string): PageRequest[] => [
    get(order, '', order.replace('{of_id}', ofId)),
    get(`${order}/phases`, '', `${order}/phases`.replace('{of_id}', ofId)),
  ];
  const overview = [
    get('/api/kpis/overview'),
    get(`${PRODPLAN}/schedule/current`),
    get(`${PRODPLAN}/bottlenecks`, '?top_n=10'),
    get(`${PRODPLAN}/risk_queue`, '?limit=20'),
  ];
  const orders = [get(`${PRODPLAN}/orders`, '?limit=100')];
  const pages: PageRequest[][] = [
    overview,
    orders,
    ...ofIds.map(orderPage),
    [get(`${PRODPLAN}/orders`, `?limit=100&of_id=${ofIds[0].slice(0, 3)}`)],
    [get(`${PRODPLAN}/schedule/current`)],
    [get(`${PRODPLAN}/bottlenecks`, '?top_n=20')],
    [get(`${PRODPLAN}/risk_queue`, '?limit=50')],
    overview,
    [get(`${INVENTORY}/wip`), get(`${INVENTORY}/wip_mass`), get(`${INVENTORY}/gelcoat_theoretical_usage`)],
    [get(`${INVENTORY}/wip`, `?fase_id=${faseId}`), get(`${PRODPLAN}/orders`, `?fase_id=${faseId}&limit=50`)],
    [get(`${INVENTORY}/wip_mass`, `?produto_id=${produtoId}`)],
    [get(`${INVENTORY}/gelcoat_theoretical_usage`, `?produto_id=${produtoId}`)],
    [get(`${INVENTORY}/material_yield`)],
    [get(`${INVENTORY}/due_risk`)],
    orders,
    [
      post(
        '/api/whatif/simulate',
        { priority_rule: 'EDD', capacity_overrides: { [String(faseId)]: { throughput_multiplier: 1.5 } } },
        [NOT_SUPPORTED, TOO_MANY],
      ),
    ],
    [get('/api/quality/overview'), get('/api/quality/risk')],
    [get('/api/quality/overview')],
    [get('/api/quality/risk')],
    [{ ...get('/api/ml/predict/leadtime', `?modelo_id=${produtoId}`), also: [NOT_SUPPORTED] }],
    [post('/api/ml/explain/leadtime', { modelo_id: produtoId }, [NOT_SUPPORTED])],
    [get('/api/ml/models')],
    [get('/api/ops/data-contract')],
    [get('/api/ops/feature-gates')],
    [get('/api/ops/performance')],
    [get('/api/ops/health'), get('/api/ops/feature-gates')],
    [get('/api/ops/release-gate')],
  ];
  return pages.flatMap((requests) => [HEALTH, ...requests]);
}
