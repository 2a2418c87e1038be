-- Errors by the type of the phase that caused them, and how many were found there, in [$1, $2) of factory time.
WITH counted AS (
  SELECT * FROM errors
  WHERE ($1::timestamp IS NULL OR moment >= $1::timestamp AT TIME ZONE 'Europe/Lisbon')
    AND ($2::timestamp IS NULL OR moment < $2::timestamp AT TIME ZONE 'Europe/Lisbon')
),
sides AS (
  SELECT fase_culpada AS fase_id, 1 AS caused, 0 AS found, gravidade FROM counted
  UNION ALL
  SELECT fase_avaliacao, 0, 1, NULL FROM counted
)
SELECT name || ' of ' || coalesce(fase_id::text, 'none') AS figure, value
FROM (
  SELECT fase_id, sum(caused)::float8 AS caused, sum(found)::float8 AS found, avg(gravidade)::float8 AS severity
  FROM sides GROUP BY fase_id
) AS groups, LATERAL (VALUES ('total_erros', caused), ('found', found), ('gravidade_avg', severity)) AS figures (name, value)
