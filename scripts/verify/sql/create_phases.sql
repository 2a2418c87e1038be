-- The phases that are kept, with their length in seconds (null unless started and ended).
CREATE TEMP TABLE phases AS
SELECT
  faseof_id AS id, faseof_of_id AS of_id, faseof_fase_id AS fase_id, faseof_sequencia AS sequencia,
  faseof_inicio AS inicio, faseof_fim AS fim, faseof_data_prevista AS prevista, faseof_peso AS peso,
  faseof_retorno AS retorno,
  extract(epoch FROM faseof_fim - faseof_inicio)::float8 AS seconds,
  faseof_inicio IS NOT NULL AND faseof_fim IS NULL AS is_open,
  faseof_inicio IS NULL AND faseof_fim IS NULL AS is_pending
FROM staging.fases_ordem_fabrico_raw
WHERE NOT is_duplicate AND reject_code IS NULL
