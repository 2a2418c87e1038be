-- A training ends.
-- $1 training  $2 status  $3 what it came to  $4 now
UPDATE ops.training_runs SET status = $2, detail = $3, ended_at = $4,
  progress = CASE WHEN $2 = 'COMPLETED' THEN 1 ELSE progress END
WHERE training_id = $1 AND status IN ('QUEUED', 'RUNNING')
