-- The points of a sweep.
-- $1 the sweep  $2 a JSON array of {point, label, request}
INSERT INTO ops.whatif_sweep_points (sweep_id, point, label, request)
SELECT $1, point, label, request FROM json_to_recordset($2::json) AS each (point int, label jsonb, request jsonb)
