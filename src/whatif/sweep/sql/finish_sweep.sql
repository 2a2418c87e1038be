-- Completes a sweep whose points are all simulated; the last of its parts does.
-- $1 the sweep  $2 now
UPDATE ops.whatif_sweeps AS sweep SET status = 'COMPLETED', finished_at = $2
WHERE sweep.sweep_id = $1 AND sweep.status = 'RUNNING'
  AND NOT EXISTS (SELECT FROM ops.whatif_sweep_points AS point WHERE point.sweep_id = $1 AND point.figures IS NULL)
