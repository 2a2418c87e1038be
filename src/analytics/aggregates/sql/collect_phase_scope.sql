-- The ended phases whose contribution may change, each with the ends it has before and after, which are its event times:
-- the touched ones, and those of an order whose own row is touched, since its product is part of their key.
CREATE TEMP TABLE scope_phases ON COMMIT DROP AS
SELECT faseof_id, ended_at
FROM touched_phase_rows
WHERE ended_at IS NOT NULL
UNION
SELECT fase.faseof_id, fase.faseof_fim
FROM touched_orders AS touched
JOIN core.fases_ordem_fabrico AS fase ON fase.faseof_of_id = touched.of_id
WHERE touched.row_changed AND fase.faseof_fim IS NOT NULL
