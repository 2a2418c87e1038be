-- Orders created in [$3, $4) by product, the product with the most errors first, and in each row the sums over all of them.
-- $1 product or null; $2 rows at most; $3 from, $4 to, each null for open
SELECT p.produto_id, m.produto_nome, m.produto_id IS NOT NULL AS in_catalogue,
  p.orders, p.orders_with_errors, p.errors, p.gravidade_total,
  count(*) OVER () AS all_products, (sum(p.orders) OVER ())::bigint AS all_orders,
  (sum(p.orders_with_errors) OVER ())::bigint AS all_orders_with_errors, (sum(p.errors) OVER ())::bigint AS all_errors
FROM analytics.quality_products_of($3, $4) AS p
LEFT JOIN core.modelos AS m ON m.produto_id = p.produto_id
WHERE $1::bigint IS NULL OR p.produto_id = $1
ORDER BY p.errors DESC, p.produto_id
LIMIT $2
