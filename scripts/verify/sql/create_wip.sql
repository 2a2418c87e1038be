-- The work in process: open phases of active orders, with their age in hours.
CREATE TEMP TABLE wip AS
SELECT phases.*, orders.produto_id, extract(epoch FROM as_of - inicio)::float8 / 3600 AS age_hours
FROM phases JOIN orders ON orders.id = phases.of_id, clock
WHERE phases.is_open AND orders.is_active
