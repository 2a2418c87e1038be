-- How many rows of core stand in the workbook no more, in whatever state.
-- Identifiers: core, raw, present_match (row = stored on the key)
SELECT count(*) AS absent
FROM core.{{core}} AS stored
WHERE NOT EXISTS (SELECT FROM staging.{{raw}} AS row WHERE {{present_match}})
