-- Theoretical gelcoat of the orders created in [$1, $2) of factory time; without both: of the active orders.
WITH chosen AS (
  SELECT produto_id FROM orders
  WHERE CASE
    WHEN $1::timestamp IS NULL AND $2::timestamp IS NULL THEN is_active
    ELSE ($1::timestamp IS NULL OR created >= $1::timestamp AT TIME ZONE 'Europe/Lisbon')
      AND ($2::timestamp IS NULL OR created < $2::timestamp AT TIME ZONE 'Europe/Lisbon')
  END
),
usage AS (
  SELECT
    chosen.produto_id, count(*) * coalesce(max(produto_qtd_gel_deck), 0) AS deck,
    count(*) * coalesce(max(produto_qtd_gel_casco), 0) AS hull
  FROM chosen JOIN staging.modelos_raw AS modelos
    ON modelos.produto_id = chosen.produto_id AND NOT modelos.is_duplicate AND modelos.reject_code IS NULL
  GROUP BY chosen.produto_id
)
SELECT name || ' of ' || produto_id AS figure, value
FROM usage, LATERAL (VALUES ('deck', deck), ('hull', hull)) AS figures (name, value)
WHERE value <> 0
UNION ALL
SELECT 'total deck', coalesce(sum(deck), 0) FROM usage
UNION ALL
SELECT 'total hull', coalesce(sum(hull), 0) FROM usage
