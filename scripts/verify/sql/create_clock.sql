-- The data clock of the staged workbook: the latest event of the rows that are kept.
CREATE TEMP TABLE clock AS
SELECT max(moment) AS as_of, (max(moment) AT TIME ZONE 'Europe/Lisbon')::date AS today
FROM (
  SELECT of_data_criacao AS moment FROM staging.ordens_fabrico_raw WHERE NOT is_duplicate AND reject_code IS NULL
  UNION ALL
  SELECT of_data_acabamento FROM staging.ordens_fabrico_raw WHERE NOT is_duplicate AND reject_code IS NULL
  UNION ALL
  SELECT faseof_inicio FROM staging.fases_ordem_fabrico_raw WHERE NOT is_duplicate AND reject_code IS NULL
  UNION ALL
  SELECT faseof_fim FROM staging.fases_ordem_fabrico_raw WHERE NOT is_duplicate AND reject_code IS NULL
) AS events
