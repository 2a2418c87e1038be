-- The trainings asked for last.
-- $1 how many
SELECT training_id, kind, status, progress, stage, requested_at, started_at, ended_at, detail
FROM ops.training_runs
ORDER BY training_id DESC
LIMIT $1
