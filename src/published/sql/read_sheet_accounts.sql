-- The sheets of the published run: the rows extracted, and those that are accounted for.
SELECT s.sheet, s.extracted, s.inserted + s.updated + s.unchanged + s.duplicates + s.quarantined AS accounted
FROM ops.ingestion_sheet_runs s
JOIN ops.ops_cache_version v ON v.run_id = s.run_id
ORDER BY s.sheet
