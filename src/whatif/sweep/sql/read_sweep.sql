-- A sweep with how far it is.
-- $1 the sweep
SELECT sweep.sweep_id, sweep.status, sweep.request, sweep.data_version, sweep.engine_version, sweep.points, sweep.error,
  (SELECT count(*) FROM ops.whatif_sweep_points AS point
   WHERE point.sweep_id = sweep.sweep_id AND point.figures IS NOT NULL)::int AS done
FROM ops.whatif_sweeps AS sweep
WHERE sweep.sweep_id = $1
