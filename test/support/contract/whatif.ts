import { anything, count, flag, list, number, nullable, optional, percent, record, text } from '../shape';
import { type ContractCase, NOT_SUPPORTED } from './contract-case';

const KPIS = record({
  otd_pct: percent(),
  lead_time_h: number(),
  makespan_h: optional(number()),
  on_time_orders: optional(count()),
});
const DELTA = record({
  otd_pct: number({ from: -100, to: 100 }),
  lead_time_h: number(),
  makespan_h: optional(number()),
});

/** No moment stands in it: the same request has the same bytes. */
const ANSWER = record({
  baseline_kpis: KPIS,
  simulated_kpis: KPIS,
  delta_kpis: DELTA,
  top_affected_orders: list(record({ of_id: text(), delta_lead_time_h: number(), new_status: optional(text()) }), [
    'of_id',
  ]),
  scenario_hash: text(),
  engine_version: text(),
  orders: count(),
  phases: list(record({ fase_id: number(), fase_nome: text(), needs_capacity: flag() }), ['fase_id']),
  wip_curve: list(record({ day: count(), baseline: count(), simulated: count() }), ['day']),
  warnings: list(text()),
  calibration: anything(),
});

const scenario = (path: string, body: unknown): ContractCase => ({
  ...{ method: 'POST', path, body, shape: ANSWER, whileEmpty: { status: 422, shape: NOT_SUPPORTED } },
});

/** What the frontend posts, also from its empty forms, and what else is declared. */
export const WHATIF: readonly ContractCase[] = [
  scenario('/api/whatif/simulate', { priority_rule: 'FIFO' }),
  scenario('/api/whatif/vip', { sku: '', quantidade: 0, prazo: '' }),
  scenario('/api/whatif/avaria', { recurso: '', de: '', ate: '' }),
  {
    path: '/api/whatif/runs',
    shape: record({ runs: list(anything()), next_cursor: nullable(text()) }),
    queries: ['limit=1'],
    refused: ['limit=0', 'cursor=nonsense'],
    isLive: true,
  },
];
