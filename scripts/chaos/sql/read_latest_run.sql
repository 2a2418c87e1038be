-- The latest run and why it ended.
SELECT run_id::int AS run_id, status, error_code, error_remedy
  FROM ops.ingestion_runs
 ORDER BY run_id DESC
 LIMIT 1;
