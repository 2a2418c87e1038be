import { faultsOf } from '../fault';

const FIRST = 'ingestion/first-load';
const INTEGRITY = 'integrity/integrity';
const SAMPLE = 'ingestion/sample';
const READING = 'ingestion-http/reading-runs';

/** What a load says of rows that it keeps, and how its findings are listed. */
export const FINDINGS = [
  ...faultsOf(
    'src/ingestion/pipeline/sql',
    ['record_missing_finishes', 'finished orders too', ' AND row.of_data_acabamento IS NULL', '', FIRST],
    ['record_stale_open_phases', 'ended phases too', ' AND row.faseof_fim IS NULL', '', FIRST],
    [
      'record_stale_open_phases',
      'an inner join: orders of unknown types are left out',
      'LEFT JOIN staging.fases_catalogo_raw',
      'JOIN staging.fases_catalogo_raw',
      `${FIRST}#whatever its phase type`,
      FIRST,
      SAMPLE,
    ],
    [
      'record_orphan_products',
      'orders without product are orphans',
      ' AND row.of_produto_id IS NOT NULL',
      '',
      `${FIRST}#no order without product`,
      FIRST,
      SAMPLE,
    ],
    [
      'record_orphan_assignments',
      'a quarantined phase counts as known',
      'row.funcionariofaseof_id AND NOT known.is_duplicate AND known.reject_code IS NULL',
      'row.funcionariofaseof_id',
      INTEGRITY,
    ],
    [
      'record_orphan_error_phases',
      'culprits are not looked up',
      'WHERE avaliacao.faseof_id IS NOT NULL OR culpada.faseof_id IS NOT NULL',
      'WHERE avaliacao.faseof_id IS NOT NULL',
      INTEGRITY,
      SAMPLE,
    ],
    [
      'record_cell_issues',
      'findings of another sheet at the same place',
      'found.entity = $2 AND NOT',
      'NOT',
      FIRST,
      SAMPLE,
      'ingestion/sample',
    ],
    ['record_conflicting_duplicates', '<> for IS DISTINCT FROM', 'IS DISTINCT FROM', '<>', FIRST, SAMPLE],
  ),
  ...faultsOf(
    'src/ingestion/queries/sql',
    [
      'list_rejects',
      '>= for >: the last row of a page comes again',
      '(entity, src_sheet, src_row) >',
      '(entity, src_sheet, src_row) >=',
      READING,
    ],
    ['list_issues', '< for <=: the last row of a page comes again', 'ctid <= $8', 'ctid < $8', READING],
    ['list_runs', '<= for <: the last run of a page comes again', 'r.run_id < $1', 'r.run_id <= $1', READING],
    ['read_run', 'an inner join: only what is published is shown', 'LEFT JOIN', 'JOIN', READING],
  ),
];
