-- Records how far processing has come with run $1 (at $2, the load's clock), as instants of the data. The days of KPI
-- snapshots are taken back to before $3, the first day whose finished orders changed (null: none did), in time zone $4,
-- or, where everything is new ($5), altogether.
-- No model is trained yet: its mark is recorded without a value.
INSERT INTO ops.analytics_watermarks AS mark (name, value, run_id, updated_at)
SELECT found.name, found.value, $1::bigint, $2::timestamptz
FROM (
  VALUES
    ('last_processed_of_acabamento', (SELECT max(of_data_acabamento) FROM core.ordens_fabrico)),
    ('last_processed_faseof_fim', (
      -- The event time of an ended phase is its end: only the months from the last day on are read.
      SELECT max(fase.faseof_fim)
      FROM core.fases_ordem_fabrico AS fase
      WHERE fase.faseof_event_time
        >= (SELECT max(day) FROM analytics.agg_phase_stats_daily)::timestamp AT TIME ZONE $4::text
    )),
    ('last_processed_error_backfill', (SELECT max(ofch_event_time) FROM core.erros_ordem_fabrico)),
    ('last_kpi_snapshot_date', (
      SELECT CASE WHEN known.value IS NOT NULL
        THEN least(known.value, ($3::date - 1)::timestamp AT TIME ZONE $4::text) END
      FROM ops.analytics_watermarks AS known
      WHERE known.name = 'last_kpi_snapshot_date' AND NOT $5::boolean
    )),
    ('last_model_train_cutoff', (
      SELECT known.value FROM ops.analytics_watermarks AS known WHERE known.name = 'last_model_train_cutoff'
    ))
) AS found (name, value)
ON CONFLICT (name) DO UPDATE
SET value = excluded.value, run_id = excluded.run_id, updated_at = excluded.updated_at
