-- Inserts the rows that are new.
-- Identifiers: target (schema and table), columns, derived_columns, raw, row_values, derived_values, derived_joins,
-- changed_join (a join with the changes, or nothing where all kept rows are new)
INSERT INTO {{target}} ({{columns}}{{derived_columns}})
SELECT {{row_values}}{{derived_values}}
FROM staging.{{raw}} AS row
{{changed_join}}
{{derived_joins}}
WHERE NOT row.is_duplicate AND row.reject_code IS NULL
