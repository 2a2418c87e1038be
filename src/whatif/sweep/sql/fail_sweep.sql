-- Ends a sweep that cannot go on.
-- $1 the sweep  $2 why  $3 now
UPDATE ops.whatif_sweeps SET status = 'FAILED', error = $2, finished_at = $3
WHERE sweep_id = $1 AND status IN ('QUEUED', 'RUNNING')
