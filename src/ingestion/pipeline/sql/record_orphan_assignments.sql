-- Records kept assignments to phases that are no kept row of FasesOrdemFabrico.
-- Identifiers: issues (where the run's findings go)
-- $1 run_id, $2 sheet names by ordinal
INSERT INTO {{issues}}
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, 'funcionarios_fase_ordem_fabrico', 'ORPHAN_PHASE', ($2::text[])[row.src_sheet + 1], row.src_sheet,
  row.src_row, 'FuncionarioFaseOf_FaseOfId', row.funcionariofaseof_id || '/' || row.funcionario_id, NULL
FROM staging.funcionarios_fase_ordem_fabrico_raw AS row
WHERE NOT row.is_duplicate AND row.reject_code IS NULL
  AND NOT EXISTS (
    SELECT FROM staging.fases_ordem_fabrico_raw AS known
    WHERE known.faseof_id = row.funcionariofaseof_id AND NOT known.is_duplicate AND known.reject_code IS NULL
  )
