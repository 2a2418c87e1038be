-- As read_groups, of some errors: $1 from, $2 to (the error's time), $3 type of the evaluation phase, $4 type of the culprit
-- phase, $5 product; each null for all.
SELECT g.kind, g.fase_avaliacao_id, a.fase_nome AS fase_avaliacao, g.fase_culpada_id, c.fase_nome AS fase_culpada,
  to_char(g.month, 'YYYY-MM') AS month, g.descricao, g.gravidade, g.errors, g.gravidade_total
FROM analytics.quality_groups_of($1, $2, $3, $4, $5) AS g
LEFT JOIN core.fases_catalogo AS a ON a.fase_id = g.fase_avaliacao_id
LEFT JOIN core.fases_catalogo AS c ON c.fase_id = g.fase_culpada_id
