-- Stores what stands at every phase type.
-- $1 rows as JSON, named as the columns
INSERT INTO analytics.phase_now (fase_id, as_of, wip_count, wip_age_p50_seconds, wip_age_p90_seconds,
  wip_age_avg_seconds, oldest_inicio, queue_size, queue_age_p50_seconds, queue_age_p90_seconds, queue_age_avg_seconds)
SELECT fase_id, as_of, wip_count, wip_age_p50_seconds, wip_age_p90_seconds,
  wip_age_avg_seconds, oldest_inicio, queue_size, queue_age_p50_seconds, queue_age_p90_seconds, queue_age_avg_seconds
FROM jsonb_populate_recordset(NULL::analytics.phase_now, $1::jsonb)
