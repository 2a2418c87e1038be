-- Records kept errors whose evaluation or culprit phase is named and no kept row of FasesOrdemFabrico; one issue a row.
-- Identifiers: issues (where the run's findings go)
-- $1 run_id, $2 sheet names by ordinal
WITH kept AS (
  SELECT ofch_id, ofch_faseof_avaliacao, ofch_faseof_culpada, src_sheet, src_row
  FROM staging.erros_ordem_fabrico_raw
  WHERE NOT is_duplicate AND reject_code IS NULL
), named AS (
  SELECT ofch_faseof_avaliacao AS faseof_id FROM kept WHERE ofch_faseof_avaliacao IS NOT NULL
  UNION
  SELECT ofch_faseof_culpada FROM kept WHERE ofch_faseof_culpada IS NOT NULL
), unknown AS MATERIALIZED (
  -- The phases, by far the most rows, are read once, and looked up in what is named.
  SELECT named.faseof_id
  FROM named
  WHERE NOT EXISTS (
    SELECT FROM staging.fases_ordem_fabrico_raw AS known
    WHERE known.faseof_id = named.faseof_id AND NOT known.is_duplicate AND known.reject_code IS NULL
  )
)
INSERT INTO {{issues}}
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, 'erros_ordem_fabrico', 'ORPHAN_PHASE', ($2::text[])[row.src_sheet + 1], row.src_sheet, row.src_row,
  CASE WHEN avaliacao.faseof_id IS NOT NULL THEN 'Erro_FaseOfAvaliacao' ELSE 'Erro_FaseOfCulpada' END,
  row.ofch_id::text,
  concat_ws(', ',
    CASE WHEN avaliacao.faseof_id IS NOT NULL
      THEN format('evaluation phase %s is unknown', row.ofch_faseof_avaliacao) END,
    CASE WHEN culpada.faseof_id IS NOT NULL
      THEN format('culprit phase %s is unknown', row.ofch_faseof_culpada) END)
FROM kept AS row
LEFT JOIN unknown AS avaliacao ON avaliacao.faseof_id = row.ofch_faseof_avaliacao
LEFT JOIN unknown AS culpada ON culpada.faseof_id = row.ofch_faseof_culpada
WHERE avaliacao.faseof_id IS NOT NULL OR culpada.faseof_id IS NOT NULL
