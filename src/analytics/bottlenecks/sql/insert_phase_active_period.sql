-- Stores the active-period verdict.
-- $1 rows as JSON, named as the columns
INSERT INTO analytics.phase_active_period (fase_id, rank, window_from, window_to, executions, active_share,
  sole_share, shifting_share)
SELECT fase_id, rank, window_from, window_to, executions, active_share, sole_share, shifting_share
FROM jsonb_populate_recordset(NULL::analytics.phase_active_period, $1::jsonb)
