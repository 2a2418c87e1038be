-- The points of a sweep that are simulated.
-- $1 the sweep
SELECT point, label, figures FROM ops.whatif_sweep_points WHERE sweep_id = $1 AND figures IS NOT NULL ORDER BY point
