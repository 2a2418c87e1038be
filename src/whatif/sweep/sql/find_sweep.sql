-- The sweep of a hash that waits, runs or is done.
-- $1 its hash
SELECT sweep_id FROM ops.whatif_sweeps WHERE sweep_hash = $1 AND status IN ('QUEUED', 'RUNNING', 'COMPLETED')
