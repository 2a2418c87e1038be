-- A product and the steps of its standard route by (sequencia, fase_id); one row without a step where there is none.
-- $1 product
SELECT produto.in_catalogue, produto.produto_nome, produto.was_ordered,
  rota.sequencia, rota.fase_id, fase.fase_nome, rota.coeficiente, rota.coeficiente_x
FROM (
  SELECT modelo.produto_id IS NOT NULL AS in_catalogue, modelo.produto_nome,
    EXISTS (SELECT FROM core.ordens_fabrico WHERE of_produto_id = $1::bigint) AS was_ordered
  FROM (VALUES ($1::bigint)) AS asked (produto_id)
  LEFT JOIN core.modelos AS modelo ON modelo.produto_id = asked.produto_id
) AS produto
LEFT JOIN core.fases_standard_modelos AS rota ON rota.produto_id = $1::bigint
LEFT JOIN core.fases_catalogo AS fase ON fase.fase_id = rota.fase_id
ORDER BY rota.sequencia, rota.fase_id
