import { sqlFile, withIdentifiers, type SqlStatement } from '../../database/sql-file';
import type { AsideTable } from '../derivation';

/** A table of sums and counts by key, and where its figures come from. */
interface AggregateDefinition {
  readonly table: string;
  /** Some of them may be null, and two nulls are one key. */
  readonly keys: readonly string[];
  /** What is added up. A row has at least one that is not zero: none of them is ever below. */
  readonly counters: readonly string[];
  /** The statement that reads the contributions. */
  readonly contributions: string;
  /** What it reads. */
  readonly source: string;
  /** The same, but only what a load touches; it ends where a name for it may follow. */
  readonly touchedSource: string;
}

const DEFINITIONS: readonly AggregateDefinition[] = [
  {
    table: 'agg_phase_stats_daily',
    keys: ['day', 'fase_id', 'produto_id'],
    counters: ['executions', 'timed_executions', 'duration_seconds', 'returns'],
    contributions: 'read_phase_stats.sql',
    source: 'core.fases_ordem_fabrico',
    touchedSource: '(SELECT * FROM scope_phases WHERE sign = $2::integer)',
  },
  {
    table: 'agg_order_stats_daily',
    keys: ['day', 'produto_id'],
    counters: ['created', 'finished', 'finished_with_due', 'finished_on_time', 'lead_time_orders', 'lead_time_seconds'],
    contributions: 'read_order_stats.sql',
    source: 'core.ordens_fabrico',
    touchedSource: `(
  SELECT stored.* FROM core.ordens_fabrico AS stored JOIN touched_orders AS touched USING (of_id) WHERE touched.row_changed
)`,
  },
  {
    table: 'agg_quality_daily',
    keys: ['day', 'produto_id', 'fase_avaliacao_id', 'fase_culpada_id', 'gravidade'],
    counters: ['errors'],
    contributions: 'read_quality.sql',
    source: 'analytics.quality_errors',
    touchedSource: `(
  SELECT stored.* FROM analytics.quality_errors AS stored JOIN touched_errors AS touched
    ON touched.ofch_of_id = stored.of_id AND touched.ofch_id = stored.ofch_id
)`,
  },
];

const CREATE_DELTA = sqlFile(__dirname, 'sql/create_delta.sql');
const INSERT_CONTRIBUTIONS = sqlFile(__dirname, 'sql/insert_contributions.sql');
const ADD_DELTA = sqlFile(__dirname, 'sql/add_delta.sql');
const DELETE_ZEROS = sqlFile(__dirname, 'sql/delete_zeros.sql');
const EMPTY_AGGREGATE = sqlFile(__dirname, 'sql/empty_aggregate.sql');

/** The statements that keep one aggregate. */
export interface AggregateStatements {
  readonly createDelta: SqlStatement;
  /** $1 time zone of days, $2 1 to add, -1 to take away. */
  readonly collectDelta: SqlStatement;
  readonly addDelta: SqlStatement;
  readonly deleteZeros: SqlStatement;
  readonly empty: SqlStatement;
  /** Whether it is made of core alone, and of nothing that is derived. */
  readonly followsFromCore: boolean;
  /** All of it; the aggregate is empty. */
  readonly all: AsideTable;
}

export const AGGREGATES: readonly AggregateStatements[] = DEFINITIONS.map(statementsOf);

function statementsOf({
  table,
  keys,
  counters,
  contributions,
  source,
  touchedSource,
}: AggregateDefinition): AggregateStatements {
  const delta = `delta_${table}`;
  const columns = [...keys, ...counters];
  const each = (pieces: readonly string[], one: (column: string) => string, between: string): string =>
    pieces.map(one).join(between);
  const read = sqlFile(__dirname, `sql/${contributions}`);
  const insert = (target: string, from: string): SqlStatement =>
    withIdentifiers(INSERT_CONTRIBUTIONS, {
      target,
      columns: columns.join(', '),
      contributions: withIdentifiers(read, { source: from }).text,
      keys: keys.join(', '),
    });
  return {
    followsFromCore: source.startsWith('core.'),
    createDelta: withIdentifiers(CREATE_DELTA, { table, delta }),
    collectDelta: insert(delta, touchedSource),
    addDelta: withIdentifiers(ADD_DELTA, {
      table,
      delta,
      keys: keys.join(', '),
      columns: columns.join(', '),
      sums: each(counters, (column) => `sum(${column}) AS ${column}`, ', '),
      some_change: each(counters, (column) => `sum(${column}) <> 0`, ' OR '),
      additions: each(counters, (column) => `${column} = stored.${column} + excluded.${column}`, ', '),
    }),
    deleteZeros: withIdentifiers(DELETE_ZEROS, {
      table,
      nothing_left: each(counters, (column) => `${column} = 0`, ' AND '),
    }),
    empty: withIdentifiers(EMPTY_AGGREGATE, { table }),
    all: {
      table: `analytics.${table}`,
      isLarge: true,
      fill: (target) => insert(target, source),
      values: ({ factoryTz }) => [factoryTz, 1],
    },
  };
}
