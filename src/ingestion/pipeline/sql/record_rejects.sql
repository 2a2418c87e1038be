-- Keeps every quarantined row with where it stood and why.
-- Identifiers: raw, raw_object (the row as JSON, from its typed columns)
-- $1 run_id, $2 entity, $3 sheet names by ordinal, $4 factory time zone,
-- $5 letters of the columns by header, a JSON object for every ordinal
INSERT INTO ops.rejects 
  (run_id, entity, src_sheet, src_row, sheet, column_name, cell, reason_code, reason, raw_row)
SELECT $1, $2, row.src_sheet, row.src_row, ($3::text[])[row.src_sheet + 1], row.reject_column,
  ($5::jsonb -> row.src_sheet::int ->> row.reject_column) || row.src_row, row.reject_code, row.reject_reason, coalesce(row.raw, {{raw_object}})
FROM staging.{{raw}} AS row
WHERE row.reject_code IS NOT NULL AND NOT row.is_duplicate AND $4::text IS NOT NULL
