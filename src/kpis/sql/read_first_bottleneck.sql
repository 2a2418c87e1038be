-- The name of the first bottleneck.
SELECT f.fase_nome, b.fase_id
FROM analytics.phase_bottleneck b
LEFT JOIN core.fases_catalogo f ON f.fase_id = b.fase_id
WHERE b.rank = 1
