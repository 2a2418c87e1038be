-- Active orders that are due some day, the likeliest to be late first; without product or phase type none can be shown.
-- Orders are looked up one by one (OFFSET 0 keeps it so): the forecast ones are a hundredth of all.
-- $1 orders with no event since then are dormant (null: none is); $2 rows at most
WITH due AS MATERIALIZED (
  SELECT p.of_id, p.p_late, p.eta_p50, p.eta_p80, o.produto_id, o.due, o.fase_atual_id
  FROM analytics.order_forecast AS p
  CROSS JOIN LATERAL (
    SELECT ordem.of_produto_id AS produto_id, ordem.of_data_transporte AS due, estado.fase_atual_id
    FROM core.ordens_fabrico AS ordem
    JOIN core.ordens_estado AS estado ON estado.of_id = p.of_id
    WHERE ordem.of_id = p.of_id AND ordem.of_data_transporte IS NOT NULL AND ordem.of_produto_id IS NOT NULL
      AND estado.fase_atual_id IS NOT NULL AND ($1::timestamptz IS NULL OR estado.last_event_at >= $1)
    OFFSET 0
  ) AS o
  WHERE p.p_late IS NOT NULL
)
SELECT due.of_id::text AS of_id, due.produto_id, m.produto_nome, due.fase_atual_id, f.fase_nome AS fase_atual, due.due,
  due.p_late, due.eta_p50, due.eta_p80
FROM due
LEFT JOIN core.modelos AS m ON m.produto_id = due.produto_id
LEFT JOIN core.fases_catalogo AS f ON f.fase_id = due.fase_atual_id
ORDER BY due.p_late DESC, due.due, due.of_id
LIMIT $2
