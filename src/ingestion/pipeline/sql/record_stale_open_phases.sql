-- Records kept open phases of closed orders.
-- Identifiers: issues (where the run's findings go)
-- $1 run_id, $2 sheet names by ordinal, $3 names of the terminal phase types
INSERT INTO {{issues}}
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, 'fases_ordem_fabrico', 'STALE_OPEN_PHASE', ($2::text[])[row.src_sheet + 1], row.src_sheet, row.src_row,
  'FaseOf_Fim', row.faseof_id::text, format('open, and order %s is closed', row.faseof_of_id)
FROM staging.fases_ordem_fabrico_raw AS row
JOIN staging.ordens_fabrico_raw AS ordem
  ON ordem.of_id = row.faseof_of_id AND NOT ordem.is_duplicate AND ordem.reject_code IS NULL
LEFT JOIN staging.fases_catalogo_raw AS atual
  ON atual.fase_id = ordem.of_fase_id AND NOT atual.is_duplicate AND atual.reject_code IS NULL
WHERE NOT row.is_duplicate AND row.reject_code IS NULL
  AND row.faseof_inicio IS NOT NULL AND row.faseof_fim IS NULL
  AND (ordem.of_data_acabamento IS NOT NULL OR coalesce(atual.fase_nome = ANY ($3::text[]), false))
