-- The published load and its workbook; no row before the first one.
SELECT r.run_id::int AS run_id, r.status, r.workbook_name
  FROM ops.ops_cache_version v
  JOIN ops.ingestion_runs r USING (run_id);
