-- Records the duplicates that say something else than the row that came first.
-- Identifiers: issues (where the run's findings go), raw, row_key (text of the key), kept_match (row = first on the key), row_content, first_content
-- $1 run_id, $2 entity, $3 sheet names by ordinal
INSERT INTO {{issues}} (run_id, entity, code, sheet, src_sheet, src_row, row_key, detail)
SELECT $1, $2, 'CONFLICTING_DUPLICATE', ($3::text[])[row.src_sheet + 1], row.src_sheet, row.src_row, {{row_key}},
  format('differs from row %s of sheet %s, which was kept', first.src_row, ($3::text[])[first.src_sheet + 1])
FROM staging.{{raw}} AS row
JOIN staging.{{raw}} AS first ON {{first_match}} AND NOT first.is_duplicate
WHERE row.is_duplicate AND ({{row_content}}) IS DISTINCT FROM ({{first_content}})
