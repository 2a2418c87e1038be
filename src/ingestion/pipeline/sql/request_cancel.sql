-- Asks run $1 to stop; one that waits ends at once, at $2.
UPDATE ops.ingestion_runs
SET cancel_requested = true,
  status = CASE status WHEN 'QUEUED' THEN 'CANCELLED' ELSE status END,
  finished_at = CASE status WHEN 'QUEUED' THEN $2 ELSE finished_at END
WHERE run_id = $1 AND status IN ('QUEUED', 'RUNNING')
RETURNING status
