-- How likely a product's order has an error that each phase type causes: the baseline of quality.
-- $1 the product
SELECT risco.fase_culpada_id AS fase_id, tipo.fase_nome, risco.risk_score AS risk
FROM analytics.quality_risk AS risco
LEFT JOIN core.fases_catalogo AS tipo ON tipo.fase_id = risco.fase_culpada_id
WHERE risco.produto_id = $1
ORDER BY risco.risk_score DESC, risco.fase_culpada_id
LIMIT 10
