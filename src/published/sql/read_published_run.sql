-- The run whose data readers see.
SELECT r.run_id, r.workbook_name
FROM ops.ingestion_runs r
JOIN ops.ops_cache_version v ON v.run_id = r.run_id
