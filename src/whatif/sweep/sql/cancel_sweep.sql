-- Cancels a sweep that is not done; its parts stop before their next point.
-- $1 the sweep  $2 now
UPDATE ops.whatif_sweeps SET status = 'CANCELLED', finished_at = $2
WHERE sweep_id = $1 AND status IN ('QUEUED', 'RUNNING')
