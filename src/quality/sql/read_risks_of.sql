-- The likeliest errors among the orders created in [$4, $5), each null for open, with the number of rows without the limit.
-- $1 product or null; $2 type of the culprit phase or null; $3 rows at most
SELECT r.produto_id, m.produto_nome, r.fase_culpada_id, f.fase_nome, r.orders, r.orders_with_errors, r.errors,
  r.gravidade_total, r.risk_score, count(*) OVER () AS total
FROM analytics.quality_risk_of($4, $5) AS r
LEFT JOIN core.modelos AS m ON m.produto_id = r.produto_id
LEFT JOIN core.fases_catalogo AS f ON f.fase_id = r.fase_culpada_id
WHERE ($1::bigint IS NULL OR r.produto_id = $1) AND ($2::bigint IS NULL OR r.fase_culpada_id = $2)
ORDER BY r.risk_score DESC, r.produto_id, r.fase_culpada_id
LIMIT $3
