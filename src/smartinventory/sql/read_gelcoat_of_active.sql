-- Active orders by product, with the product's quantities of gelcoat.
-- $1 orders with no event since then are dormant (null: none is); $2 product or null
SELECT o.produto_id, m.produto_nome, m.produto_qtd_gel_deck AS deck, m.produto_qtd_gel_casco AS casco,
  count(*) AS orders, count(*) AS active_orders
FROM analytics.open_orders AS o
LEFT JOIN core.modelos AS m ON m.produto_id = o.produto_id
WHERE o.produto_id IS NOT NULL AND ($1::timestamptz IS NULL OR o.last_event_at >= $1)
  AND ($2::bigint IS NULL OR o.produto_id = $2)
GROUP BY o.produto_id, m.produto_id
