-- Compares the kept staged rows of a sheet with core: I insert, U update, N no change.
-- Identifiers: changes, raw, core, stored_match (core = row on the key), first_key, row_values, stored_values
CREATE TEMP TABLE {{changes}} ON COMMIT DROP AS
SELECT row.src_sheet, row.src_row,
  CASE
    WHEN stored.{{first_key}} IS NULL THEN 'I'
    WHEN ({{row_values}}) IS DISTINCT FROM ({{stored_values}}) THEN 'U'
    ELSE 'N'
  END AS action
FROM staging.{{raw}} AS row
LEFT JOIN core.{{core}} AS stored ON {{stored_match}}
WHERE NOT row.is_duplicate AND row.reject_code IS NULL
