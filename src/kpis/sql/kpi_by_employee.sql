-- What each worker took part in, over the executions that ended in a window. A phase's time is everyone's who worked on
-- it, and divided by the team beside that. The ratio compares each positive duration with the median of its phase type
-- in the same window. Errors are those that name a phase worked on as the culprit.
-- $1,$2 window, half open
WITH phases AS MATERIALIZED (
  SELECT faseof_id, faseof_fase_id AS fase_id, nullif(greatest(faseof_duration_seconds, 0), 0) AS seconds
  FROM core.fases_ordem_fabrico
  WHERE faseof_is_done AND faseof_event_time >= $1::timestamptz AND faseof_event_time < $2::timestamptz
), medians AS (
  SELECT fase_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median
  FROM phases
  WHERE seconds IS NOT NULL
  GROUP BY fase_id
), team AS MATERIALIZED (
  SELECT a.funcionario_id, a.chefe, p.faseof_id, p.fase_id, p.seconds,
    count(*) OVER (PARTITION BY p.faseof_id) AS size
  FROM phases p
  JOIN core.funcionarios_fase_ordem_fabrico a ON a.funcionariofaseof_id = p.faseof_id
), errors AS (
  SELECT ofch_faseof_culpada AS faseof_id, count(*) AS found
  FROM core.erros_ordem_fabrico
  WHERE ofch_faseof_culpada IN (SELECT faseof_id FROM team)
  GROUP BY ofch_faseof_culpada
)
SELECT t.funcionario_id, w.funcionario_nome, count(*) AS phases_worked,
  count(*) FILTER (WHERE t.chefe = 1) AS phases_as_chief,
  coalesce(sum(t.seconds), 0)::float8 AS elapsed_seconds,
  coalesce(sum(t.seconds::numeric / t.size), 0)::float8 AS shared_seconds,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds / m.median) FILTER (WHERE t.seconds IS NOT NULL) AS ratio,
  coalesce(sum(e.found), 0)::bigint AS errors
FROM team t
JOIN core.funcionarios w ON w.funcionario_id = t.funcionario_id
LEFT JOIN medians m ON m.fase_id = t.fase_id
LEFT JOIN errors e ON e.faseof_id = t.faseof_id
GROUP BY t.funcionario_id, w.funcionario_nome
ORDER BY phases_worked DESC, t.funcionario_id
