-- Sweeps that wait or run, each with the parts of which points are open.
-- $1 points of a part
SELECT sweep.sweep_id, sweep.points,
  ARRAY(
    SELECT DISTINCT point.point / $1::int * $1::int FROM ops.whatif_sweep_points AS point
    WHERE point.sweep_id = sweep.sweep_id AND point.figures IS NULL
    ORDER BY 1
  ) AS open_parts
FROM ops.whatif_sweeps AS sweep
WHERE sweep.status IN ('QUEUED', 'RUNNING')
ORDER BY sweep.sweep_id
