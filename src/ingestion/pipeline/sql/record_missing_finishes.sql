-- Records kept orders without a finish date whose current phase type is terminal.
-- Identifiers: issues (where the run's findings go)
-- $1 run_id, $2 sheet names by ordinal, $3 names of the terminal phase types
INSERT INTO {{issues}}
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, 'ordens_fabrico', 'MISSING_FINISH', ($2::text[])[row.src_sheet + 1], row.src_sheet, row.src_row,
  'Of_DataAcabamento', row.of_id::text, format('the order is in "%s" and has no finish date', fase.fase_nome)
FROM staging.ordens_fabrico_raw AS row
JOIN staging.fases_catalogo_raw AS fase
  ON fase.fase_id = row.of_fase_id AND NOT fase.is_duplicate AND fase.reject_code IS NULL
WHERE NOT row.is_duplicate AND row.reject_code IS NULL AND row.of_data_acabamento IS NULL
  AND fase.fase_nome = ANY ($3::text[])
