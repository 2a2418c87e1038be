-- What core will hold of a sheet, from staging.
-- Identifiers: row_values, named_values, raw, staged_joins
SELECT {{row_values}}{{named_values}}
FROM staging.{{raw}} AS row
{{staged_joins}}
WHERE NOT row.is_duplicate AND row.reject_code IS NULL
