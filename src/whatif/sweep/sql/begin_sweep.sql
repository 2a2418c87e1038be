-- Marks a sweep as running; no row when it was cancelled, has failed or is done.
-- $1 the sweep
UPDATE ops.whatif_sweeps SET status = 'RUNNING' WHERE sweep_id = $1 AND status IN ('QUEUED', 'RUNNING')
RETURNING data_version
