-- Findings about rows that are kept, by sheet and code: one a row, however many of its cells are concerned.
WITH kept_products AS (
  SELECT produto_id AS id FROM staging.modelos_raw WHERE NOT is_duplicate AND reject_code IS NULL
),
findings AS (
  SELECT 'issues ordens_fabrico ORPHAN_PRODUCT' AS figure, count(*)::float8 AS value
  FROM orders WHERE produto_id NOT IN (SELECT id FROM kept_products)
  UNION ALL
  SELECT 'issues ordens_fabrico MISSING_FINISH', count(*) FROM orders WHERE is_closed AND finished IS NULL
  UNION ALL
  SELECT 'issues ordens_fabrico INVALID_TIME_RANGE', count(*) FROM orders
  WHERE (finished AT TIME ZONE 'Europe/Lisbon') < (created AT TIME ZONE 'Europe/Lisbon')
  UNION ALL
  SELECT 'issues fases_ordem_fabrico STALE_OPEN_PHASE', count(*)
  FROM phases JOIN orders ON orders.id = phases.of_id WHERE is_open AND is_closed
  UNION ALL
  SELECT 'issues funcionarios_fase_ordem_fabrico ORPHAN_PHASE', count(*)
  FROM staging.funcionarios_fase_ordem_fabrico_raw LEFT JOIN phases ON phases.id = funcionariofaseof_id
  WHERE NOT is_duplicate AND reject_code IS NULL AND phases.id IS NULL
  UNION ALL
  SELECT 'issues erros_ordem_fabrico ORPHAN_PHASE', count(*)
  FROM errors
  WHERE (faseof_avaliacao IS NOT NULL AND is_evaluation_unknown) OR (faseof_culpada IS NOT NULL AND is_culprit_unknown)
)
SELECT figure, value FROM findings WHERE value > 0
