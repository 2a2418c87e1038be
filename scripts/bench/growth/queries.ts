/** What an answer's work should depend on. */
export type Reads = 'a key' | 'a page' | 'open orders' | 'a window' | 'all history';

export interface Query {
  /** of scripts/bench/api/endpoints.ts */
  endpoint: string;
  reads: Reads;
}

function reading(reads: Reads, ...endpoints: readonly string[]): Query[] {
  return endpoints.map((endpoint) => ({ endpoint, reads }));
}

/** The frontend's main questions. */
export const QUERIES: readonly Query[] = [
  ...reading('a page', 'orders', 'orders_fase', 'orders_produto', 'orders_created'),
  ...reading('a key', 'order', 'order_phases', 'routes'),
  ...reading('open orders', 'schedule', 'bottlenecks', 'risk_queue', 'wip', 'wip_mass', 'due_risk'),
  ...reading('a window', 'kpis_overview', 'kpis_overview_30', 'kpis_overview_365', 'kpis_by_phase_30'),
  ...reading('a window', 'kpis_by_phase_365', 'kpis_by_product_30', 'quality_overview_30', 'quality_overview_365'),
  ...reading('a window', 'quality_by_product_30', 'quality_risk_365'),
  ...reading('all history', 'orders_total', 'quality_overview', 'quality_by_phase', 'quality_by_product'),
  ...reading('all history', 'quality_risk', 'gelcoat', 'consumption_estimate', 'material_yield'),
];

/** Reads that must not grow with what lies outside them. */
export const BOUNDED: readonly Reads[] = ['a key', 'a page', 'open orders', 'a window'];
