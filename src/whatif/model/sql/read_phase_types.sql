-- The phase types, with the active workers apt for each; null where no worker ever was.
SELECT tipo.fase_id AS id, coalesce(tipo.fase_nome, 'Fase ' || tipo.fase_id) AS name,
  coalesce(tipo.fase_automatica, 0) = 1 AS automatic, aptos.active::int AS apt
FROM core.fases_catalogo AS tipo
LEFT JOIN (
  SELECT apto.fase_id, count(DISTINCT apto.funcionario_id) FILTER (WHERE funcionario.funcionario_activo = 1) AS active
  FROM core.funcionarios_fases_aptos AS apto
  JOIN core.funcionarios AS funcionario ON funcionario.funcionario_id = apto.funcionario_id
  GROUP BY apto.fase_id
) AS aptos ON aptos.fase_id = tipo.fase_id
ORDER BY tipo.fase_sequencia NULLS LAST, tipo.fase_id
