-- The rows of worked_phases.sql, as a job keeps them.
-- $1,$2 window, half open
SELECT ended_at, funcionario_id, fase_id, chefe, seconds, team, errors
FROM analytics.worker_phase
WHERE ended_at >= $1::timestamptz AND ended_at < $2::timestamptz
