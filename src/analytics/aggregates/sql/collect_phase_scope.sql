-- The ended phases whose contribution may change: the touched ones, and those of an order whose own row is touched, since
-- its product is part of their key. Each with the end by which it is found, which is its event time: sign -1 before the
-- merge, 1 after it (where a touched phase has moved, the end it had finds nothing then).
CREATE TEMP TABLE scope_phases ON COMMIT DROP AS
SELECT faseof_id, ended_at, CASE WHEN is_stored THEN -1 ELSE 1 END AS sign
FROM touched_phase_rows
WHERE ended_at IS NOT NULL
UNION
SELECT fase.faseof_id, fase.faseof_fim, side.sign
FROM touched_orders AS touched
JOIN core.fases_ordem_fabrico AS fase ON fase.faseof_of_id = touched.of_id
CROSS JOIN (VALUES (-1), (1)) AS side (sign)
WHERE touched.row_changed AND fase.faseof_fim IS NOT NULL
