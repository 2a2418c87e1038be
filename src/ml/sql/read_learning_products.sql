-- Every product that the catalogue names, with its standard route by the part of the factory that its steps lie in.
-- The parts are thirds of the places (fase_sequencia) of the types that routes use, as in read_area_wip.sql.
-- $1 shares of the places at which a third ends
WITH parts AS (
  SELECT percentile_cont($1::double precision[]) WITHIN GROUP (ORDER BY fase_sequencia) AS bounds
  FROM (
    SELECT DISTINCT tipo.fase_id, tipo.fase_sequencia
    FROM core.fases_catalogo AS tipo
    JOIN core.fases_standard_modelos AS passo ON passo.fase_id = tipo.fase_id
    WHERE tipo.fase_automatica IS DISTINCT FROM 1
  ) AS usados
),
routes AS (
  SELECT passo.produto_id,
    count(*) FILTER (WHERE tipo.fase_automatica = 1)::int AS automatic,
    count(*) FILTER (WHERE tipo.fase_automatica IS DISTINCT FROM 1
      AND NOT coalesce(tipo.fase_sequencia > parts.bounds[1], false))::int AS first_steps,
    count(*) FILTER (WHERE tipo.fase_automatica IS DISTINCT FROM 1
      AND tipo.fase_sequencia > parts.bounds[1] AND tipo.fase_sequencia <= parts.bounds[2])::int AS middle_steps,
    count(*) FILTER (WHERE tipo.fase_automatica IS DISTINCT FROM 1
      AND tipo.fase_sequencia > parts.bounds[2])::int AS last_steps,
    sum(passo.coeficiente) AS coefficient,
    sum(passo.coeficiente_x) AS coefficient_x
  FROM core.fases_standard_modelos AS passo
  JOIN core.fases_catalogo AS tipo ON tipo.fase_id = passo.fase_id
  CROSS JOIN parts
  GROUP BY passo.produto_id
)
SELECT modelo.produto_id, modelo.produto_nome, modelo.produto_peso_desmolde, modelo.produto_peso_acabamento,
  modelo.produto_qtd_gel_deck, modelo.produto_qtd_gel_casco, routes.automatic, routes.first_steps, routes.middle_steps,
  routes.last_steps, routes.coefficient, routes.coefficient_x
FROM core.modelos AS modelo
LEFT JOIN routes ON routes.produto_id = modelo.produto_id
ORDER BY modelo.produto_id
