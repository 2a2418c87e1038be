-- Writes the rows that changed. A phase whose event time changes moves to another month here: it is found by its key
-- alone, never by key and event time.
-- Identifiers: core, assignments, raw, changes, derived_joins, stored_match
UPDATE core.{{core}} AS stored
SET {{assignments}}
FROM staging.{{raw}} AS row
JOIN {{changes}} AS change ON change.src_sheet = row.src_sheet AND change.src_row = row.src_row AND change.action = 'U'
{{derived_joins}}
WHERE {{stored_match}} AND NOT row.is_duplicate AND row.reject_code IS NULL
