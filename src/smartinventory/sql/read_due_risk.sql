-- Active orders that are due some day, the likeliest to be late first; without product or phase type none can be shown.
-- $1 orders with no event since then are dormant (null: none is); $2 rows at most
SELECT o.of_id::text AS of_id, o.of_produto_id AS produto_id, m.produto_nome, e.fase_atual_id, f.fase_nome AS fase_atual,
  o.of_data_transporte AS due, p.p_late, p.eta_p50, p.eta_p80
FROM analytics.order_forecast AS p
JOIN core.ordens_fabrico AS o ON o.of_id = p.of_id
JOIN core.ordens_estado AS e ON e.of_id = p.of_id
LEFT JOIN core.modelos AS m ON m.produto_id = o.of_produto_id
LEFT JOIN core.fases_catalogo AS f ON f.fase_id = e.fase_atual_id
WHERE p.p_late IS NOT NULL AND o.of_data_transporte IS NOT NULL AND o.of_produto_id IS NOT NULL
  AND e.fase_atual_id IS NOT NULL AND ($1::timestamptz IS NULL OR e.last_event_at >= $1)
ORDER BY p.p_late DESC, o.of_data_transporte, o.of_id
LIMIT $2
