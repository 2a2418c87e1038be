-- Orders created in [$3, $4), each null for open, by product, with the product's quantities of gelcoat.
-- $1 orders with no event since then are dormant (null: none is); $2 product or null
SELECT o.of_produto_id AS produto_id, m.produto_nome, m.produto_qtd_gel_deck AS deck, m.produto_qtd_gel_casco AS casco,
  count(*) AS orders,
  count(aberta.of_id) FILTER (WHERE $1::timestamptz IS NULL OR aberta.last_event_at >= $1) AS active_orders
FROM core.ordens_fabrico AS o
LEFT JOIN analytics.open_orders AS aberta ON aberta.of_id = o.of_id
LEFT JOIN core.modelos AS m ON m.produto_id = o.of_produto_id
WHERE o.of_produto_id IS NOT NULL AND ($2::bigint IS NULL OR o.of_produto_id = $2)
  AND ($3::timestamptz IS NULL OR o.of_data_criacao >= $3) AND ($4::timestamptz IS NULL OR o.of_data_criacao < $4)
GROUP BY o.of_produto_id, m.produto_id
