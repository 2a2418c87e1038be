-- Records kept errors whose evaluation or culprit phase is named and no kept row of FasesOrdemFabrico; one issue a row.
-- Identifiers: issues (where the run's findings go)
-- $1 run_id, $2 sheet names by ordinal
INSERT INTO {{issues}}
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, 'erros_ordem_fabrico', 'ORPHAN_PHASE', ($2::text[])[row.src_sheet + 1], row.src_sheet, row.src_row,
  CASE WHEN row.ofch_faseof_avaliacao IS NOT NULL AND avaliacao.faseof_id IS NULL
    THEN 'Erro_FaseOfAvaliacao' ELSE 'Erro_FaseOfCulpada' END,
  row.ofch_id::text,
  concat_ws(', ',
    CASE WHEN row.ofch_faseof_avaliacao IS NOT NULL AND avaliacao.faseof_id IS NULL
      THEN format('evaluation phase %s is unknown', row.ofch_faseof_avaliacao) END,
    CASE WHEN row.ofch_faseof_culpada IS NOT NULL AND culpada.faseof_id IS NULL
      THEN format('culprit phase %s is unknown', row.ofch_faseof_culpada) END)
FROM staging.erros_ordem_fabrico_raw AS row
LEFT JOIN staging.fases_ordem_fabrico_raw AS avaliacao
  ON avaliacao.faseof_id = row.ofch_faseof_avaliacao AND NOT avaliacao.is_duplicate AND avaliacao.reject_code IS NULL
LEFT JOIN staging.fases_ordem_fabrico_raw AS culpada
  ON culpada.faseof_id = row.ofch_faseof_culpada AND NOT culpada.is_duplicate AND culpada.reject_code IS NULL
WHERE NOT row.is_duplicate AND row.reject_code IS NULL
  AND ((row.ofch_faseof_avaliacao IS NOT NULL AND avaliacao.faseof_id IS NULL)
    OR (row.ofch_faseof_culpada IS NOT NULL AND culpada.faseof_id IS NULL))
