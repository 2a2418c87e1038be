-- Errors whose time is in [$1, $2), wall-clock times of the factory (without: all): by severity, month and description.
WITH counted AS (
  SELECT errors.*, to_char(moment AT TIME ZONE 'Europe/Lisbon', 'YYYY-MM') AS month
  FROM errors
  WHERE ($1::timestamp IS NULL OR moment >= $1::timestamp AT TIME ZONE 'Europe/Lisbon')
    AND ($2::timestamp IS NULL OR moment < $2::timestamp AT TIME ZONE 'Europe/Lisbon')
)
SELECT 'total' AS figure, count(*)::float8 AS value FROM counted
UNION ALL
SELECT 'severity ' || gravidade, count(*) FROM counted GROUP BY gravidade
UNION ALL
SELECT 'month ' || month, count(*) FROM counted GROUP BY month
UNION ALL
SELECT 'severity ' || gravidade || ' of month ' || month, count(*) FROM counted GROUP BY month, gravidade
UNION ALL
SELECT 'description ' || descricao, value
FROM (
  SELECT descricao, count(*) AS value FROM counted GROUP BY descricao ORDER BY count(*) DESC, descricao LIMIT 10
) AS descriptions
