-- Records that KPI snapshots stand up to day $1 (its first instant in time zone $2; null: there are none), at $3.
INSERT INTO ops.analytics_watermarks AS mark (name, value, run_id, updated_at)
VALUES ('last_kpi_snapshot_date', $1::date::timestamp AT TIME ZONE $2::text,
  (SELECT run_id FROM ops.ops_cache_version WHERE id = 1), $3)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, run_id = excluded.run_id, updated_at = excluded.updated_at
