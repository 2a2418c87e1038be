import { faultsOf, type SqlFault } from '../fault';

const KPIS = 'kpis/kpis';
const EMPLOYEES = 'kpis/by-employee';
const QUALITY = 'quality/quality';
const VERIFY = 'contract/verify';

/** A fault in a function of the database, in the migration that made it what it is. */
function inFunction(migration: string, mistake: string, find: string, replace: string, ...specs: string[]): SqlFault {
  return { sql: `migrations/${migration}.ts`, mistake, find, replace, specs };
}
const GROUPS = '1700000008000-create-quality-and-inventory';
const PRODUCTS_AND_RISK = '1700000009000-find-errors-by-the-orders-creation';

/** Key figures and quality. */
export const FIGURES = [
  ...faultsOf(
    'src/published/figures/sql',
    [
      'kpi_overview',
      '<= for <: the end of the window is taken in',
      'of_data_acabamento < $2',
      'of_data_acabamento <= $2',
      KPIS,
      VERIFY,
    ],
    ['kpi_overview', '0.8 for 0.9', 'percentile_cont(0.9)', 'percentile_cont(0.8)', KPIS, VERIFY],
    ['kpi_overview', 'COUNT(*) for COUNT(column)', 'count(due)', 'count(*)', KPIS],
    [
      'kpi_overview',
      'the day of the finish in UTC',
      '(of_data_acabamento AT TIME ZONE $3::text)::date',
      '(of_data_acabamento)::date',
      KPIS,
      VERIFY,
    ],
    ['kpi_by_product', 'COUNT(*) for COUNT(column)', 'count(due)', 'count(*)', `${KPIS}#never due`, KPIS],
    [
      'kpi_by_product',
      'negative lead times are averaged',
      'avg(lead) FILTER (WHERE lead >= 0)',
      'avg(lead)',
      KPIS,
      VERIFY,
    ],
    ['kpi_by_phase', 'a missing filter: open phases are executions', 'WHERE faseof_is_done AND', 'WHERE', KPIS, VERIFY],
    ['kpi_by_phase', '0.8 for 0.9', 'percentile_cont(0.9)', 'percentile_cont(0.8)', KPIS],
    [
      'kpi_by_phase',
      '>= for >: the length of an event is a duration',
      '> 0) AS executions_with',
      '>= 0) AS executions_with',
      KPIS,
    ],
    [
      'phase_states',
      'a closed order without a finish date was never alive',
      'coalesce(o.of_data_acabamento, e.last_event_at) > m',
      'o.of_data_acabamento > m',
      'analytics/phase-states#ends for an order',
      'analytics/phase-states',
    ],
    [
      'phase_states',
      'an order without a finish date is alive for ever',
      'coalesce(o.of_data_acabamento, e.last_event_at) > m',
      "coalesce(o.of_data_acabamento, 'infinity') > m",
      'analytics/phase-states#ends for an order',
      'analytics/phase-states',
    ],
    [
      'phase_states',
      'a phase that was left out waits',
      ' AND p.place > a.last_started',
      '',
      'analytics/phase-states#ends for an order',
      'analytics/phase-states',
    ],
    [
      'phase_states',
      'an inner join: only types with a queue',
      'FULL JOIN queue',
      'JOIN queue',
      'analytics/phase-states',
    ],
    [
      'worked_phases',
      'the team of the whole window',
      'PARTITION BY p.faseof_id',
      'PARTITION BY p.faseof_fase_id',
      EMPLOYEES,
    ],
    ['worked_phases', 'an inner join: only who made errors', 'LEFT JOIN (', 'JOIN (', EMPLOYEES],
  ),
  ...faultsOf(
    'src/kpis/sql',
    ['kpi_by_employee', 'everybody is a chief', 't.chefe = 1', 't.chefe IS NOT NULL', EMPLOYEES],
    [
      'kpi_by_employee',
      'the time is not divided by the team',
      't.seconds::numeric / t.team',
      't.seconds::numeric',
      EMPLOYEES,
    ],
  ),
  ...faultsOf(
    'src/quality/sql',
    ['read_products', 'ascending', 'p.errors DESC', 'p.errors', QUALITY],
    [
      'read_products_of',
      'the limit taken before the sums',
      'count(*) OVER () AS all_products',
      'least(count(*) OVER (), $2) AS all_products',
      QUALITY,
    ],
    ['read_groups_of', 'two filters exchanged', '($1, $2, $3, $4, $5)', '($1, $2, $4, $3, $5)', QUALITY],
    [
      'read_risks',
      'a filter ignored',
      ' AND ($2::bigint IS NULL OR r.fase_culpada_id = $2)',
      ' AND ($2::bigint IS NULL OR true)',
      QUALITY,
    ],
    ['count_risks', 'OR for AND', 'produto_id = $1) AND', 'produto_id = $1) OR', QUALITY],
  ),
  inFunction(
    GROUPS,
    '<= for <: the end of the window is taken in',
    'event_time < p_to',
    'event_time <= p_to',
    QUALITY,
    VERIFY,
  ),
  inFunction(GROUPS, 'months are cut to the first 20 too', "kind <> 'description' OR place", 'place', QUALITY, VERIFY),
  inFunction(
    PRODUCTS_AND_RISK,
    'COUNT(*) of products for the sum of their orders',
    'SELECT sum(n) FROM products',
    'SELECT count(*) FROM products',
    QUALITY,
  ),
  inFunction(
    PRODUCTS_AND_RISK,
    'an inner join: products without errors are lost',
    'FROM orders LEFT JOIN found',
    'FROM orders JOIN found',
    QUALITY,
  ),
];
