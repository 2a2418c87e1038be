-- Active orders that are due some day, the likeliest to be late first; without product or phase type none can be shown.
-- $1 orders with no event since then are dormant (null: none is); $2 rows at most
SELECT p.of_id::text AS of_id, o.produto_id, m.produto_nome, o.fase_atual_id, f.fase_nome AS fase_atual, o.due, p.p_late,
  p.eta_p50, p.eta_p80
FROM analytics.order_forecast AS p
JOIN analytics.open_orders AS o ON o.of_id = p.of_id
LEFT JOIN core.modelos AS m ON m.produto_id = o.produto_id
LEFT JOIN core.fases_catalogo AS f ON f.fase_id = o.fase_atual_id
WHERE p.p_late IS NOT NULL AND o.due IS NOT NULL AND o.produto_id IS NOT NULL AND o.fase_atual_id IS NOT NULL
  AND ($1::timestamptz IS NULL OR o.last_event_at >= $1)
ORDER BY p.p_late DESC, o.due, p.of_id
LIMIT $2
