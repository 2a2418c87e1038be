-- The likeliest errors of all history.
-- $1 product or null; $2 type of the culprit phase or null; $3 rows at most
SELECT r.produto_id, m.produto_nome, r.fase_culpada_id, f.fase_nome, r.orders, r.orders_with_errors, r.errors,
  r.gravidade_total, r.risk_score
FROM analytics.quality_risk AS r
LEFT JOIN core.modelos AS m ON m.produto_id = r.produto_id
LEFT JOIN core.fases_catalogo AS f ON f.fase_id = r.fase_culpada_id
WHERE ($1::bigint IS NULL OR r.produto_id = $1) AND ($2::bigint IS NULL OR r.fase_culpada_id = $2)
ORDER BY r.risk_score DESC, r.produto_id, r.fase_culpada_id
LIMIT $3
