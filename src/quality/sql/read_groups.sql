-- All errors counted by pair of phase types, by month, and by description (the 20 most frequent). No parameters.
SELECT g.kind, g.fase_avaliacao_id, a.fase_nome AS fase_avaliacao, g.fase_culpada_id, c.fase_nome AS fase_culpada,
  to_char(g.month, 'YYYY-MM') AS month, g.descricao, g.gravidade, g.errors, g.gravidade_total
FROM analytics.quality_groups AS g
LEFT JOIN core.fases_catalogo AS a ON a.fase_id = g.fase_avaliacao_id
LEFT JOIN core.fases_catalogo AS c ON c.fase_id = g.fase_culpada_id
