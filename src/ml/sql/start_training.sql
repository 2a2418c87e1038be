-- A training begins; no row when it is not waiting any more.
-- $1 training  $2 now
UPDATE ops.training_runs SET status = 'RUNNING', started_at = $2
WHERE training_id = $1 AND status = 'QUEUED'
RETURNING kind
