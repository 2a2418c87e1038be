-- Points of a part that are still to be simulated.
-- $1 the sweep  $2 the first point  $3 the first one after the part
SELECT point, request FROM ops.whatif_sweep_points
WHERE sweep_id = $1 AND point >= $2 AND point < $3 AND figures IS NULL
ORDER BY point
