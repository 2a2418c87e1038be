-- Records kept orders whose product stands in no kept row of Modelos.
-- Identifiers: issues (where the run's findings go)
-- $1 run_id, $2 sheet names by ordinal
INSERT INTO {{issues}}
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, 'ordens_fabrico', 'ORPHAN_PRODUCT', ($2::text[])[row.src_sheet + 1], row.src_sheet, row.src_row,
  'Of_ProdutoId', row.of_id::text, format('product %s is not in Modelos', row.of_produto_id)
FROM staging.ordens_fabrico_raw AS row
WHERE NOT row.is_duplicate AND row.reject_code IS NULL AND row.of_produto_id IS NOT NULL
  AND NOT EXISTS (
    SELECT FROM staging.modelos_raw AS known
    WHERE known.produto_id = row.of_produto_id AND NOT known.is_duplicate AND known.reject_code IS NULL
  )
