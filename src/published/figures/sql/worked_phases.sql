-- Who worked on the phases that ended in a window: a row for each worker of a phase, with the size of the team and the
-- errors that name the phase as the culprit. Length 0 marks an event and is no duration.
-- $1,$2 window, half open
SELECT p.faseof_event_time AS ended_at, a.funcionario_id, p.faseof_fase_id AS fase_id, a.chefe,
  CASE WHEN p.faseof_duration_seconds > 0 THEN p.faseof_duration_seconds END AS seconds,
  count(*) OVER (PARTITION BY p.faseof_id) AS team,
  coalesce(e.found, 0) AS errors
FROM core.fases_ordem_fabrico p
JOIN core.funcionarios_fase_ordem_fabrico a ON a.funcionariofaseof_id = p.faseof_id
LEFT JOIN (
  SELECT ofch_faseof_culpada AS faseof_id, count(*) AS found
  FROM core.erros_ordem_fabrico
  WHERE ofch_faseof_culpada IS NOT NULL
  GROUP BY ofch_faseof_culpada
) AS e ON e.faseof_id = p.faseof_id
WHERE p.faseof_is_done AND p.faseof_event_time >= $1::timestamptz AND p.faseof_event_time < $2::timestamptz
