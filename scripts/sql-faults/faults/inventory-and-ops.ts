import { faultsOf } from '../fault';

const INVENTORY = 'smartinventory/smartinventory';
const JOBS = 'analytics/jobs';

/** Work in process, gelcoat, due risk; maintenance; what operators see. */
export const INVENTORY_AND_OPS = [
  ...faultsOf(
    'src/smartinventory/sql',
    ['read_wip', '0.8 for 0.9', 'percentile_cont(0.9)', 'percentile_cont(0.8)', INVENTORY],
    ['read_wip', 'dormant orders too', 'p.last_event_at >= $2', 'p.last_event_at >= $2 OR true', INVENTORY],
    ['read_wip_mass', 'orders without an open phase too', 'o.fase_id IS NOT NULL AND', '', INVENTORY],
    [
      'read_wip_mass',
      'COUNT(*) for those estimated',
      'o.mass_kg IS NOT NULL AND o.low_confidence',
      'o.low_confidence',
      INVENTORY,
    ],
    [
      'read_gelcoat_of_window',
      '<= for <: the end of the window is taken in',
      'o.of_data_criacao < $4',
      'o.of_data_criacao <= $4',
      INVENTORY,
    ],
    [
      'read_gelcoat_of_window',
      'an inner join: closed orders are lost',
      'LEFT JOIN analytics.open_orders',
      'JOIN analytics.open_orders',
      INVENTORY,
    ],
    ['read_gelcoat_of_active', 'orders of no product too', 'o.produto_id IS NOT NULL AND', '', INVENTORY],
    ['read_due_risk', 'the least likely first', 'p.p_late DESC', 'p.p_late', INVENTORY],
    ['read_due_risk', 'dormant orders too', 'o.last_event_at >= $1', 'o.last_event_at >= $1 OR true', INVENTORY],
    ['count_materials', 'COUNT(*) for COUNT(column)', 'count(produto_qtd_gel_deck)', 'count(*)', INVENTORY],
  ),
  ...faultsOf(
    'src/ingestion/maintenance/sql',
    [
      'resolve_orphans',
      'resolved while the culprit is unknown',
      '\n        AND (erro.ofch_faseof_culpada IS NULL OR culpada.faseof_id IS NOT NULL)',
      '',
      `${JOBS}#marks an orphan`,
      JOBS,
    ],
    [
      'record_orphans',
      'a missing condition: one is enough for all',
      '\n    AND known.row_key = orphan.row_key',
      '',
      `${JOBS}#records an orphan`,
      JOBS,
    ],
    [
      'record_orphans',
      'the findings of another run',
      'WHERE known.run_id = $1 AND',
      'WHERE',
      `${JOBS}#records an orphan`,
      JOBS,
    ],
    [
      'backfill_phase_columns',
      'the start before the end',
      'coalesce(known.faseof_fim, known.faseof_inicio, known.faseof_data_prevista, ordem.of_data_criacao) AS',
      'coalesce(known.faseof_inicio, known.faseof_fim, known.faseof_data_prevista, ordem.of_data_criacao) AS',
      `${JOBS}#finds nothing to repair`,
      JOBS,
    ],
    [
      'list_phase_partitions',
      'an inner join: empty months are left out',
      'LEFT JOIN',
      'JOIN',
      `${JOBS}#makes the six months`,
      JOBS,
    ],
  ),
  ...faultsOf(
    'src/published/sql',
    [
      'read_gate_rates',
      'the rates of every run',
      'v.run_id = m.run_id',
      'v.run_id >= m.run_id',
      'database/release-gate',
    ],
    ['read_match_rates_of_run', 'the rates of earlier runs too', 'run_id = $1', 'run_id <= $1', 'ops/ops'],
    [
      'read_sheet_accounts',
      'quarantined rows are not accounted for',
      ' + s.quarantined',
      '',
      'ops/ops',
      'database/release-gate',
    ],
  ),
  ...faultsOf(
    'src/ops/sql',
    ['read_factory_now', '<= for <: due today is late', 'due_day < as_of_day', 'due_day <= as_of_day', 'ops/metrics'],
    ['read_factory_now', 'closed orders are active', 'WHERE NOT e.is_closed AND', 'WHERE', 'ops/metrics'],
  ),
];
