-- Work by worker on phases that ended in [$1, $2), wall-clock times of the factory; without: the 90 days to the data clock.
WITH bounds AS (
  SELECT
    coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') AS until,
    coalesce($1::timestamp, coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') - interval '90 days') AS since
  FROM clock
),
ended AS (
  SELECT phases.*
  FROM phases, bounds
  WHERE fim >= since AT TIME ZONE 'Europe/Lisbon' AND fim < until AT TIME ZONE 'Europe/Lisbon'
),
usual AS (
  SELECT fase_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM ended WHERE seconds > 0 GROUP BY fase_id
),
worked AS (
  SELECT
    funcionario_id, chefe, ended.*, usual.seconds AS usual_seconds,
    count(*) OVER (PARTITION BY ended.id) AS team
  FROM staging.funcionarios_fase_ordem_fabrico_raw AS assigned
  JOIN ended ON ended.id = funcionariofaseof_id
  LEFT JOIN usual ON usual.fase_id = ended.fase_id
  WHERE NOT is_duplicate AND reject_code IS NULL
),
faults AS (
  SELECT faseof_culpada AS id, count(*) AS errors FROM errors GROUP BY faseof_culpada
),
groups AS (
  SELECT
    funcionario_id, count(*)::float8 AS phases, count(*) FILTER (WHERE chefe = 1)::float8 AS as_chief,
    coalesce(sum(seconds) FILTER (WHERE seconds > 0), 0)::float8 / 3600 AS hours,
    coalesce(sum(seconds / team) FILTER (WHERE seconds > 0), 0)::float8 / 3600 AS hours_shared,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds / usual_seconds) FILTER (WHERE seconds > 0) AS ratio,
    coalesce(sum(errors), 0)::float8 AS errors
  FROM worked LEFT JOIN faults USING (id)
  GROUP BY funcionario_id
)
SELECT name || ' of ' || funcionario_id AS figure, value
FROM groups, LATERAL (
  VALUES
    ('phases_worked', phases), ('phases_as_chief', as_chief), ('elapsed_hours', hours),
    ('elapsed_hours_shared', hours_shared), ('ratio_to_phase_median', ratio), ('errors', errors)
) AS figures (name, value)
