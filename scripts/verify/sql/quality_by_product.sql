-- Errors by ordered product: over all its orders, and over those with at least one.
WITH errors_of_order AS (
  SELECT of_id AS id, count(*) AS errors, sum(gravidade) AS severities FROM errors GROUP BY of_id
),
groups AS (
  SELECT
    produto_id, count(*)::float8 AS orders, count(errors)::float8 AS orders_with_errors,
    coalesce(sum(errors), 0)::float8 AS errors, (sum(severities) / sum(errors))::float8 AS severity
  FROM orders LEFT JOIN errors_of_order USING (id)
  WHERE produto_id IS NOT NULL
  GROUP BY produto_id
)
SELECT name || ' of ' || produto_id AS figure, value
FROM groups, LATERAL (
  VALUES
    ('orders', orders), ('orders_with_errors', orders_with_errors), ('total_erros', errors),
    ('erro_rate_produto', orders_with_errors / orders), ('errors_per_order', errors / orders), ('gravidade_avg', severity)
) AS figures (name, value)
UNION ALL
SELECT name, value
FROM (
  SELECT count(*)::float8 AS products, sum(orders) AS orders, sum(orders_with_errors) AS with_errors, sum(errors) AS errors
  FROM groups
) AS sums, LATERAL (
  VALUES ('total', products), ('total_orders', orders), ('total_orders_with_errors', with_errors), ('total_erros', errors)
) AS figures (name, value)
