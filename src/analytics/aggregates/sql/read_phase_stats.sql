-- What ended phases contribute to agg_phase_stats_daily: all of them, or the touched ones.
-- Identifiers: source (the table, or a join that finds the touched ones in it), as fase
-- $1 factory time zone, $2 1 to add, -1 to take away
SELECT (fase.faseof_fim AT TIME ZONE $1::text)::date AS day, fase.faseof_fase_id AS fase_id,
  ordem.of_produto_id AS produto_id,
  $2::bigint * count(*) AS executions,
  $2::bigint * count(*) FILTER (WHERE fase.faseof_duration_seconds > 0) AS timed_executions,
  $2::bigint * coalesce(sum(fase.faseof_duration_seconds) FILTER (WHERE fase.faseof_duration_seconds > 0), 0)
    AS duration_seconds,
  $2::bigint * count(*) FILTER (WHERE fase.faseof_retorno = 1) AS returns
FROM {{source}} AS fase
JOIN core.ordens_fabrico AS ordem ON ordem.of_id = fase.faseof_of_id
WHERE fase.faseof_fim IS NOT NULL
GROUP BY 1, 2, 3
