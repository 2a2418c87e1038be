-- Quarantined rows by sheet and reason; a row whose key came earlier is a duplicate, whatever else is wrong with it.
SELECT 'rejects ' || sheet || ' ' || reject_code AS figure, count(*)::float8 AS value
FROM (
  SELECT 'ordens_fabrico' AS sheet, reject_code FROM staging.ordens_fabrico_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'fases_ordem_fabrico', reject_code FROM staging.fases_ordem_fabrico_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'funcionarios_fase_ordem_fabrico', reject_code FROM staging.funcionarios_fase_ordem_fabrico_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'erros_ordem_fabrico', reject_code FROM staging.erros_ordem_fabrico_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'funcionarios', reject_code FROM staging.funcionarios_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'funcionarios_fases_aptos', reject_code FROM staging.funcionarios_fases_aptos_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'fases_catalogo', reject_code FROM staging.fases_catalogo_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'modelos', reject_code FROM staging.modelos_raw WHERE NOT is_duplicate
  UNION ALL
  SELECT 'fases_standard_modelos', reject_code FROM staging.fases_standard_modelos_raw WHERE NOT is_duplicate
) AS rows
WHERE reject_code IS NOT NULL
GROUP BY sheet, reject_code
