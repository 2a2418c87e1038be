import {
  anything,
  both,
  count,
  fraction,
  list,
  map,
  moment,
  nullable,
  number,
  oneOf,
  optional,
  optionalOrNull,
  percent,
  record,
  text,
  type Fields,
} from '../shape';
import { type ContractCase, fresh, noSuch } from './contract-case';

const ORDER: Fields = {
  of_id: text(),
  of_data_criacao: nullable(moment()),
  of_data_acabamento: nullable(moment()),
  of_data_transporte: nullable(moment()),
  of_produto_id: nullable(count()),
  of_fase_id: nullable(count()),
  status: oneOf('CREATED', 'IN_PROGRESS', 'DONE', 'LATE', 'AT_RISK'),
  eta: optionalOrNull(moment()),
  due_date: optionalOrNull(moment()),
};
const PHASE: Fields = {
  of_fase_id: count(),
  fase_id: count(),
  fase_nome: text(),
  of_id: text(),
  started_at: nullable(moment()),
  ended_at: nullable(moment()),
  duration_hours: nullable(number()),
  desvio_hours: nullable(number()),
  status: oneOf('PENDING', 'IN_PROGRESS', 'DONE'),
  faseof_id: text(),
  faseof_of_id: text(),
  faseof_fase_id: nullable(count()),
  faseof_inicio: nullable(moment()),
  faseof_fim: nullable(moment()),
  faseof_data_prevista: nullable(moment()),
  faseof_sequencia: nullable(number()),
  faseof_peso: nullable(number()),
  faseof_coeficiente: nullable(number()),
  faseof_coeficiente_x: nullable(number()),
};
const BOTTLENECK = record({
  fase_id: count(),
  fase_nome: nullable(text()),
  wip_count: count(),
  p90_age_hours: number({ from: 0 }),
  bottleneck_score: optional(percent()),
  utilizacao_pct: optional(percent()),
  fila_horas: optional(number({ from: 0 })),
  probabilidade: optional(fraction()),
  phase_code: optional(text()),
  phase_name: optionalOrNull(text()),
  avg_wait_hours: optionalOrNull(number({ from: 0 })),
  severity: optional(oneOf('HIGH', 'MEDIUM', 'LOW')),
});
const RISK_ROW = record({
  of_id: text(),
  produto_id: nullable(count()),
  fase_id: optionalOrNull(count()),
  due_date: nullable(moment()),
  eta: nullable(moment()),
  risk_score: fraction(),
  reason: optional(text()),
  days_behind: nullable(number()),
  fase_atual: optionalOrNull(text()),
  delay_hours: optional(number()),
  risk_reason: optional(text()),
});
const BACKTEST = record({
  active: count(),
  finished: count(),
  mae_days: nullable(number({ from: 0 })),
  bias_days: nullable(number()),
  naive_mae_days: nullable(number({ from: 0 })),
  naive_bias_days: nullable(number()),
  p80_coverage: nullable(fraction()),
});

export const PRODPLAN: readonly ContractCase[] = [
  {
    path: '/api/prodplan/orders',
    shape: fresh({
      orders: list(record(ORDER), ['of_id']),
      total: optional(count()),
      next_cursor: optionalOrNull(text()),
    }),
    lists: ['orders'],
    queries: ['limit=100', 'of_id=ABC', 'fase_id=1&limit=50', 'include_total=true'],
    unmatched: noSuch('fase_id', 'produto_id', 'modelo_id', 'of_id'),
    refused: ['limit=0', 'limit=many', 'fase_id=x', 'data_criacao_from=2025-13-01'],
  },
  {
    path: '/api/prodplan/orders/{of_id}',
    shape: fresh(ORDER),
    needsData: true,
  },
  {
    path: '/api/prodplan/orders/{of_id}/phases',
    shape: fresh({ phases: list(record(PHASE), ['of_fase_id']) }),
    lists: ['phases'],
    needsData: true,
  },
  {
    path: '/api/prodplan/routes/{produto_id}',
    shape: fresh({
      produto_id: count(),
      produto_nome: nullable(text()),
      route: list(
        record({
          fase_id: count(),
          fase_nome: nullable(text()),
          sequencia: number(),
          coeficiente: nullable(number()),
          coeficiente_x: nullable(number()),
        }),
      ),
    }),
    lists: ['route'],
    needsData: true,
  },
  {
    path: '/api/prodplan/schedule/current',
    shape: fresh({
      schedule: list(
        record({
          fase_id: count(),
          fase_nome: nullable(text()),
          wip_count: count(),
          p50_age_hours: nullable(number({ from: 0 })),
          p90_age_hours: nullable(number({ from: 0 })),
          oldest_event_time: nullable(moment()),
        }),
        ['fase_id'],
      ),
    }),
    lists: ['schedule'],
    unmatched: noSuch('fase_id'),
    refused: ['fase_id=x'],
  },
  {
    path: '/api/prodplan/bottlenecks',
    shape: fresh({
      bottlenecks: list(BOTTLENECK, ['fase_id']),
      top_losses: optional(list(BOTTLENECK)),
      heatmap: optional(list(anything())),
      overlap_applied: optional(map(number())),
      lead_time_gain: optional(number()),
    }),
    lists: ['bottlenecks'],
    queries: ['top_n=5', 'top_n=10', 'top_n=20', 'top_n=50'],
    refused: ['top_n=0', 'top_n=all'],
  },
  {
    path: '/api/prodplan/risk_queue',
    shape: fresh(
      {
        queue: list(RISK_ROW, ['of_id']),
        risk_queue: list(RISK_ROW, ['of_id']),
        at_risk_orders: list(RISK_ROW, ['of_id']),
      },
      { same: [['queue', 'risk_queue', 'at_risk_orders']] },
    ),
    lists: ['queue', 'risk_queue', 'at_risk_orders'],
    queries: ['limit=20', 'limit=50', 'top_n=10'],
    refused: ['limit=0', 'top_n=0', 'limit=x'],
  },
  {
    path: '/api/prodplan/eta/backtest',
    shape: fresh({
      status: oneOf('CURRENT', 'OUTDATED', 'ABSENT'),
      overall: optional(BACKTEST),
      months: list(both(BACKTEST, record({ moment: moment() })), ['moment']),
    }),
    // It is computed by a job, not by the load.
    lists: ['months'],
    mayBeEmpty: ['months'],
  },
];
