-- Mass in process, kg: each active order with an open phase once, at its latest, with its latest recorded weight that is
-- not 0 (of phases without a date only where no other has one), else its product's out of the mould; with neither, none.
WITH standing AS (
  SELECT DISTINCT ON (of_id) of_id, fase_id, produto_id FROM wip ORDER BY of_id, inicio DESC, sequencia DESC, id DESC
),
weighed AS (
  SELECT DISTINCT ON (phases.of_id) phases.of_id, peso
  FROM phases JOIN standing USING (of_id)
  WHERE peso <> 0
  ORDER BY phases.of_id, coalesce(fim, inicio) DESC NULLS LAST, sequencia DESC, phases.id DESC
),
masses AS (
  SELECT standing.*, weighed.peso IS NULL AS is_estimated, coalesce(weighed.peso, nullif(produto_peso_desmolde, 0)) AS kg
  FROM standing
  LEFT JOIN weighed USING (of_id)
  LEFT JOIN staging.modelos_raw AS modelos
    ON modelos.produto_id = standing.produto_id AND NOT modelos.is_duplicate AND modelos.reject_code IS NULL
)
SELECT 'mass of ' || fase_id AS figure, coalesce(sum(kg), 0)::float8 AS value FROM masses WHERE kg IS NOT NULL GROUP BY fase_id
UNION ALL
SELECT 'total mass', coalesce(sum(kg), 0) FROM masses
UNION ALL
SELECT 'orders without mass', count(*) FROM masses WHERE kg IS NULL
UNION ALL
SELECT 'rows with an estimated mass', count(DISTINCT (fase_id, produto_id)) FROM masses WHERE is_estimated AND kg IS NOT NULL
