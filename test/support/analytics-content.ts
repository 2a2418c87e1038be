import type { ClientBase } from 'pg';

const KEYS: Readonly<Record<string, string>> = {
  agg_phase_stats_daily: 'day, fase_id, produto_id',
  agg_order_stats_daily: 'day, produto_id',
  agg_quality_daily: 'day, produto_id, fase_avaliacao_id, fase_culpada_id, gravidade',
  agg_wip_current: 'fase_id, produto_id',
};

/** Everything the aggregates hold, table by table, each row as text; and the marks, without their bookkeeping. */
export async function aggregatesOf(app: { sql: ClientBase }): Promise<Record<string, unknown[]>> {
  const content: Record<string, unknown[]> = {};
  for (const [table, key] of Object.entries(KEYS)) {
    const { rows } = await app.sql.query<{ row: string }>(
      `SELECT stored::text AS row FROM analytics.${table} AS stored ORDER BY ${key}`,
    );
    content[table] = rows.map(({ row }) => row);
  }
  const marks = await app.sql.query('SELECT name, value FROM ops.analytics_watermarks ORDER BY name');
  content.marks = marks.rows;
  return content;
}

/** Tables of analytics that say when and for which run something was computed, and the one that a job of its own fills. */
const NOT_DERIVED = ['derivation_state', 'view_refreshes', 'eta_backtest'];

/** Everything that is derived, table by table (whichever there are), each row as text; and the marks. */
export async function derivedOf(app: { sql: ClientBase }): Promise<Record<string, unknown[]>> {
  const tables = await app.sql.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'analytics' AND tablename <> ALL ($1) ORDER BY 1`,
    [NOT_DERIVED],
  );
  const content: Record<string, unknown[]> = {};
  for (const { name } of tables.rows) {
    const { rows } = await app.sql.query<{ row: string }>(
      `SELECT stored::text AS row FROM analytics.${name} AS stored ORDER BY 1`,
    );
    content[name] = rows.map(({ row }) => row);
  }
  content.marks = (await app.sql.query('SELECT name, value FROM ops.analytics_watermarks ORDER BY name')).rows;
  return content;
}
