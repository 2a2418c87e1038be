-- Executions that reach into a window, by phase type, as seconds after its begin; those of terminal types (storage,
-- delivery) are no work. Open phases are left out: their ages tell of waiting, not of work that goes on.
-- $1,$2 window  $3 names of the terminal phase types
SELECT p.faseof_fase_id AS fase_id,
  array_agg(extract(epoch FROM p.faseof_inicio - $1::timestamptz)::float8 ORDER BY p.faseof_id) AS starts,
  array_agg(extract(epoch FROM p.faseof_fim - $1::timestamptz)::float8 ORDER BY p.faseof_id) AS ends
FROM core.fases_ordem_fabrico p
JOIN core.fases_catalogo f ON f.fase_id = p.faseof_fase_id
WHERE p.faseof_is_done AND p.faseof_event_time > $1::timestamptz
  AND p.faseof_inicio < $2::timestamptz AND p.faseof_duration_seconds > 0
  AND (f.fase_nome IS NULL OR f.fase_nome <> ALL ($3::text[]))
GROUP BY p.faseof_fase_id
ORDER BY p.faseof_fase_id
