-- Baseline risk of every product and culprit phase type that had an error together: (k + 20 r) / (n + 20).
WITH products AS (
  SELECT produto_id, count(*)::float8 AS n FROM orders WHERE produto_id IS NOT NULL GROUP BY produto_id
),
types AS (
  SELECT fase_culpada AS fase_id, count(DISTINCT of_id)::float8 / (SELECT count(*) FROM orders) AS r
  FROM errors WHERE fase_culpada IS NOT NULL GROUP BY fase_culpada
),
pairs AS (
  SELECT
    produto_id, fase_culpada AS fase_id, count(DISTINCT of_id)::float8 AS k, count(*)::float8 AS errors,
    avg(gravidade)::float8 AS severity
  FROM errors JOIN orders ON orders.id = errors.of_id
  WHERE fase_culpada IS NOT NULL AND produto_id IS NOT NULL
  GROUP BY produto_id, fase_culpada
)
SELECT name || ' of ' || produto_id || ' x ' || fase_id AS figure, value
FROM pairs JOIN products USING (produto_id) JOIN types USING (fase_id), LATERAL (
  VALUES
    ('risk_score', (k + 20 * r) / (n + 20)), ('historical_rate', k / n), ('orders', n), ('orders_with_errors', k),
    ('error_count', errors), ('gravidade_avg', severity)
) AS figures (name, value)
UNION ALL
SELECT 'total', count(*) FROM pairs
