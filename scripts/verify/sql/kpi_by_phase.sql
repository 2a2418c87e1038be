-- Executions by phase type that ended in [$1, $2), wall-clock times of the factory; without: the 90 days to the data clock.
WITH bounds AS (
  SELECT
    coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') AS until,
    coalesce($1::timestamp, coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') - interval '90 days') AS since
  FROM clock
),
executions AS (
  SELECT
    fase_id, count(*)::float8 AS executions, count(*) FILTER (WHERE seconds > 0)::float8 AS with_duration,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds / 3600) FILTER (WHERE seconds > 0) AS p50,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds / 3600) FILTER (WHERE seconds > 0) AS p90,
    count(*) FILTER (WHERE retorno = 1)::float8 AS returns
  FROM phases, bounds
  WHERE fim >= since AT TIME ZONE 'Europe/Lisbon' AND fim < until AT TIME ZONE 'Europe/Lisbon'
  GROUP BY fase_id
),
standing AS (
  SELECT fase_id, count(*)::float8 AS pieces FROM wip GROUP BY fase_id
)
SELECT name || ' of ' || fase_id AS figure, value
FROM executions FULL JOIN standing USING (fase_id), LATERAL (
  VALUES
    ('executions', coalesce(executions, 0)), ('executions_with_duration', coalesce(with_duration, 0)),
    ('p50_duration_hours', p50), ('p90_duration_hours', p90), ('returns', coalesce(returns, 0)),
    ('return_rate', returns / nullif(executions, 0)), ('wip_count', coalesce(pieces, 0))
) AS figures (name, value)
