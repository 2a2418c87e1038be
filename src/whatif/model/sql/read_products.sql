-- Every product that was ordered or is in the catalogue, with its standard route as phase types in sequence.
SELECT produto.id, modelo.produto_nome AS name,
  coalesce(rota.route, '{}')::float8[] AS route
FROM (
  SELECT produto_id AS id FROM core.modelos
  UNION
  SELECT of_produto_id FROM core.ordens_fabrico WHERE of_produto_id IS NOT NULL
) AS produto
LEFT JOIN core.modelos AS modelo ON modelo.produto_id = produto.id
LEFT JOIN (
  SELECT produto_id, array_agg(fase_id ORDER BY sequencia, fase_id) AS route
  FROM core.fases_standard_modelos
  GROUP BY produto_id
) AS rota ON rota.produto_id = produto.id
ORDER BY produto.id
