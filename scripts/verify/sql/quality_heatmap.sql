-- Errors by the type of the phase that found them and of the phase that caused them, in [$1, $2) of factory time.
SELECT name || ' of ' || coalesce(fase_avaliacao::text, 'none') || ' x ' || coalesce(fase_culpada::text, 'none') AS figure, value
FROM (
  SELECT fase_avaliacao, fase_culpada, count(*)::float8 AS errors, avg(gravidade)::float8 AS severity
  FROM errors
  WHERE ($1::timestamp IS NULL OR moment >= $1::timestamp AT TIME ZONE 'Europe/Lisbon')
    AND ($2::timestamp IS NULL OR moment < $2::timestamp AT TIME ZONE 'Europe/Lisbon')
  GROUP BY fase_avaliacao, fase_culpada
) AS pairs, LATERAL (VALUES ('count', errors), ('gravidade_avg', severity)) AS figures (name, value)
