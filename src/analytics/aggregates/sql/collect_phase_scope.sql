-- The ended phases whose contribution may change, sign -1 as they are before the merge, 1 as they are after it: the touched
-- ones, and those of an order whose own row is touched, since its product is part of their key; these stay as they are.
CREATE TEMP TABLE scope_phases ON COMMIT DROP AS
SELECT of_id AS faseof_of_id, fase_id AS faseof_fase_id, ended_at AS faseof_fim,
  duration_seconds AS faseof_duration_seconds, retorno AS faseof_retorno, CASE WHEN is_stored THEN -1 ELSE 1 END AS sign
FROM touched_phase_rows
WHERE ended_at IS NOT NULL
UNION ALL
SELECT fase.faseof_of_id, fase.faseof_fase_id, fase.faseof_fim, fase.faseof_duration_seconds, fase.faseof_retorno,
  side.sign
FROM touched_orders AS touched
JOIN core.fases_ordem_fabrico AS fase ON fase.faseof_of_id = touched.of_id
CROSS JOIN (VALUES (-1), (1)) AS side (sign)
WHERE touched.row_changed AND fase.faseof_fim IS NOT NULL
  AND fase.faseof_id NOT IN (SELECT faseof_id FROM touched_phase_rows)
