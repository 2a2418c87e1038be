-- Phases of the orders $1, hours: length, and its difference from the usual: the median of the positive lengths of the
-- product's phases of the type, or of all phases of the type where the product has fewer than 5 of them.
WITH measured AS (
  SELECT phases.*, produto_id FROM phases JOIN orders ON orders.id = phases.of_id WHERE seconds > 0
),
of_product AS (
  SELECT produto_id, fase_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS usual
  FROM measured WHERE produto_id IS NOT NULL GROUP BY produto_id, fase_id HAVING count(*) >= 5
),
of_type AS (
  SELECT fase_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS usual FROM measured GROUP BY fase_id
),
chosen AS (
  SELECT phases.*, coalesce(of_product.usual, of_type.usual) AS usual
  FROM phases
  JOIN orders ON orders.id = phases.of_id
  LEFT JOIN of_product ON of_product.produto_id = orders.produto_id AND of_product.fase_id = phases.fase_id
  LEFT JOIN of_type ON of_type.fase_id = phases.fase_id
  WHERE phases.of_id = ANY ($1::bigint[])
)
SELECT name || ' of ' || id AS figure, value
FROM chosen, LATERAL (
  VALUES
    ('duration_hours', seconds / 3600), ('desvio_hours', CASE WHEN seconds > 0 THEN (seconds - usual) / 3600 END)
) AS figures (name, value)
