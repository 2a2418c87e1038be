-- Asks for a training unless one of its kind waits or runs; either way gives the one that does.
-- $1 kind  $2 now
WITH asked AS (
  INSERT INTO ops.training_runs (kind, status, requested_at) VALUES ($1, 'QUEUED', $2)
  ON CONFLICT (kind) WHERE status IN ('QUEUED', 'RUNNING') DO NOTHING
  RETURNING training_id, status, requested_at
)
SELECT training_id, status, requested_at FROM asked
UNION ALL
SELECT training_id, status, requested_at FROM ops.training_runs
WHERE kind = $1 AND status IN ('QUEUED', 'RUNNING')
LIMIT 1
