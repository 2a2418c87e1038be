-- Records the findings about cells of rows that are kept.
-- Identifiers: issues (where the run's findings go), raw, row_key
-- $1 run_id, $2 entity, $3 sheet names by ordinal
INSERT INTO {{issues}}
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, $2, found.code, ($3::text[])[row.src_sheet + 1], row.src_sheet, row.src_row, found.column_name,
  {{row_key}}, found.cell || ': ' || found.detail
FROM staging.cell_issues_raw AS found
JOIN staging.{{raw}} AS row ON row.src_sheet = found.src_sheet AND row.src_row = found.src_row
WHERE found.entity = $2 AND NOT row.is_duplicate AND row.reject_code IS NULL
