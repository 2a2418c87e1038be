-- What a point came to.
-- $1 the sweep  $2 the point  $3 its figures
UPDATE ops.whatif_sweep_points SET figures = $3 WHERE sweep_id = $1 AND point = $2
