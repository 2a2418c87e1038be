-- What each worker took part in, over the executions that ended in a window. A phase's time is everyone's who worked on
-- it, and divided by the team beside that. The ratio compares each positive duration with the median of its phase type
-- in the same window. Errors are those that name a phase worked on as the culprit.
-- Identifiers: worked (worked_phases.sql, prepared_worked_phases.sql)
-- $1,$2 window, half open  $3 phase types  $4 the median durations of their executions in the window, seconds
WITH worked AS MATERIALIZED (
{{worked}}
), medians AS (
  SELECT * FROM unnest($3::bigint[], $4::float8[]) AS median (fase_id, seconds)
)
SELECT t.funcionario_id, w.funcionario_nome, count(*) AS phases_worked,
  count(*) FILTER (WHERE t.chefe = 1) AS phases_as_chief,
  coalesce(sum(t.seconds), 0)::float8 AS elapsed_seconds,
  coalesce(sum(t.seconds::numeric / t.team), 0)::float8 AS shared_seconds,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds / m.seconds) FILTER (WHERE t.seconds IS NOT NULL) AS ratio,
  coalesce(sum(t.errors), 0)::bigint AS errors
FROM worked t
JOIN core.funcionarios w ON w.funcionario_id = t.funcionario_id
LEFT JOIN medians m ON m.fase_id = t.fase_id
GROUP BY t.funcionario_id, w.funcionario_nome
ORDER BY phases_worked DESC, t.funcionario_id
