/** A promise about how fast answers are: the 95th percentile over the latest requests of the route stays below. */
export interface Slo {
  name: string;
  milliseconds: number;
  /** Method and path as the controllers name them. */
  route: string;
}

const SLO_OF_THE_REST_MS = 300;
const rest = (name: string, route: string): Slo => ({ name, milliseconds: SLO_OF_THE_REST_MS, route });

/** The specification names the first four; the others are ours. */
export const SLOS: readonly Slo[] = [
  { name: 'orders p95', milliseconds: 400, route: 'GET /api/prodplan/orders' },
  { name: 'order p95', milliseconds: 250, route: 'GET /api/prodplan/orders/:of_id' },
  { name: 'schedule/current p95', milliseconds: 250, route: 'GET /api/prodplan/schedule/current' },
  { name: 'kpis/overview p95', milliseconds: 300, route: 'GET /api/kpis/overview' },
  rest('phases of an order p95', 'GET /api/prodplan/orders/:of_id/phases'),
  rest('bottlenecks p95', 'GET /api/prodplan/bottlenecks'),
  rest('risk_queue p95', 'GET /api/prodplan/risk_queue'),
  rest('quality/overview p95', 'GET /api/quality/overview'),
  rest('quality/risk p95', 'GET /api/quality/risk'),
  rest('smartinventory/wip p95', 'GET /api/smartinventory/wip'),
  rest('smartinventory/wip_mass p95', 'GET /api/smartinventory/wip_mass'),
];
