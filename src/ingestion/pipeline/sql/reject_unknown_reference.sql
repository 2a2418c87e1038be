-- Quarantines rows that name something no kept row of another sheet is. A bad severity is a later reason than this one.
-- Identifiers: raw, column, referenced_raw, referenced_column
-- $1 reason code, $2 header, $3 what is not known
UPDATE staging.{{raw}} AS row
SET reject_code = $1, reject_column = $2,
  reject_reason = format('%s (%s) names no known %s.', $2::text, coalesce(row.{{column}}::text, 'empty'), $3::text)
WHERE NOT row.is_duplicate
  AND (row.reject_code IS NULL OR row.reject_code = 'INVALID_SEVERITY')
  AND NOT EXISTS (
    SELECT FROM staging.{{referenced_raw}} AS known
    WHERE known.{{referenced_column}} = row.{{column}} AND NOT known.is_duplicate AND known.reject_code IS NULL
  )
