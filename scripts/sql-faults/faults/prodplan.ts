import { faultsOf } from '../fault';

const LIST = 'prodplan/orders-list';
const DETAIL = 'prodplan/order-detail';
const FLOW = 'prodplan/flow';
const FORECAST = 'prodplan/forecast';

/** Orders, timelines, routes, bottlenecks, forecasts, the risk queue. */
export const PRODPLAN = [
  ...faultsOf(
    'src/prodplan/sql',
    ['page_orders', '<= for <: the last order of a page comes again', 'o.of_id) <', 'o.of_id) <=', LIST],
    ['page_orders', 'ties in the other direction', 'DESC, o.of_id DESC', 'DESC, o.of_id', LIST],
    [
      'page_orders',
      '<= for <: the end of the window is taken in',
      'o.of_data_criacao < $5',
      'o.of_data_criacao <= $5',
      LIST,
    ],
    ['page_orders_of_phase', '<= for <: the last order of a page comes again', 'e.of_id) <', 'e.of_id) <=', LIST],
    ['page_orders_of_phase', 'a missing condition: any order of the product', 'o.of_id = e.of_id AND ', '', LIST],
    ['page_orders_with_prefix', '<= for <: the next prefix too', '~<~ $9', '~<=~ $9', LIST],
    ['page_orders_with_prefix', 'a missing condition of a join', 'e.of_id = o.of_id AND ', '', LIST],
    [
      'count_orders',
      '> for >=: the begin of the window is left out',
      'o.of_data_criacao >= $1',
      'o.of_data_criacao > $1',
      LIST,
    ],
    [
      'count_orders_of_phase',
      'a filter ignored',
      'o.of_produto_id = $3::bigint)',
      'o.of_produto_id = $3::bigint OR true)',
      LIST,
    ],
    [
      'read_orders',
      'an inner join: products in no catalogue are lost',
      'LEFT JOIN core.modelos',
      'JOIN core.modelos',
      LIST,
    ],
    [
      'read_orders',
      'an inner join: closed orders are lost',
      'LEFT JOIN analytics.order_forecast',
      'JOIN analytics.order_forecast',
      LIST,
    ],
    ['read_order_phases', 'NULLS FIRST', 'NULLS LAST', 'NULLS FIRST', DETAIL],
    [
      'read_order_phases',
      'a missing condition of a join: a phase for each product',
      ' AND own.produto_id = o.of_produto_id',
      '',
      FLOW,
      DETAIL,
    ],
    [
      'read_order_phases',
      'all products before the own one',
      'coalesce(own.median_seconds, any_product.median_seconds)',
      'coalesce(any_product.median_seconds, own.median_seconds)',
      FLOW,
    ],
    [
      'read_order_phases',
      '< for <=: the last month ends early',
      'p.faseof_event_time <= $3',
      'p.faseof_event_time < $3',
      'analytics/reading',
      DETAIL,
    ],
    [
      'find_order',
      'the span of a version that is not read',
      ' AND state.version IS NOT NULL',
      '',
      'analytics/reading',
      DETAIL,
    ],
    [
      'read_route',
      'an inner join: a product without steps is unknown',
      'LEFT JOIN core.fases_standard_modelos',
      'JOIN core.fases_standard_modelos',
      'prodplan/routes',
    ],
    ['read_bottlenecks', 'the lowest score first', 'ORDER BY b.rank', 'ORDER BY b.score', FLOW],
    [
      'read_bottlenecks',
      'an inner join: only what was active',
      'LEFT JOIN analytics.phase_active_period',
      'JOIN analytics.phase_active_period',
      FLOW,
    ],
  ),
  ...faultsOf(
    'src/analytics/bottlenecks/sql',
    ['insert_phase_usual', '> for >=: five executions are too few', '>= $1::integer', '> $1::integer', FLOW],
    [
      'insert_phase_usual',
      'events of length 0 are durations',
      'faseof_duration_seconds > 0',
      'faseof_duration_seconds >= 0',
      FLOW,
    ],
    ['read_executions', 'terminal types are work', '<> ALL ($3::text[])', '<> ALL ($3::text[]) OR true', FLOW],
  ),
  ...faultsOf(
    'src/prodplan/forecast/sql',
    ['read_risk_queue', '>= for >: orders in time too', 'forecast.days_late > 0', 'forecast.days_late >= 0', FORECAST],
    ['read_risk_queue', 'ascending', 'forecast.p_late DESC', 'forecast.p_late', FORECAST],
    [
      'read_risk_queue',
      'one name for another',
      'waiting.fase_id = forecast.waiting_fase_id',
      'waiting.fase_id = e.fase_atual_id',
      FORECAST,
    ],
    ['read_eta_backtest', 'newest first', 'ORDER BY moment', 'ORDER BY moment DESC', FORECAST],
  ),
  ...faultsOf(
    'src/analytics/forecast/sql',
    [
      'read_histories',
      'the route backwards',
      'ORDER BY fase.faseof_sequencia NULLS LAST',
      'ORDER BY fase.faseof_sequencia DESC',
      FORECAST,
    ],
    [
      'read_histories',
      'created for finished',
      'extract(epoch FROM ordem.of_data_acabamento)',
      'extract(epoch FROM ordem.of_data_criacao)',
      FORECAST,
    ],
    ['read_backtest_version', 'the backtest of any version', 'WHERE stored.version = published.version', '', FORECAST],
  ),
];
