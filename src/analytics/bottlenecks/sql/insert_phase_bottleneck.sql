-- Stores the scores.
-- $1 rows as JSON, named as the columns
INSERT INTO analytics.phase_bottleneck (fase_id, rank, score, wip_age_part, load_part, queue_age_part,
  usual_wip_age_p90_seconds, usual_load, usual_queue_age_p90_seconds, severity, why, score_before, methods_disagree)
SELECT fase_id, rank, score, wip_age_part, load_part, queue_age_part,
  usual_wip_age_p90_seconds, usual_load, usual_queue_age_p90_seconds, severity, why, score_before, methods_disagree
FROM jsonb_populate_recordset(NULL::analytics.phase_bottleneck, $1::jsonb)
