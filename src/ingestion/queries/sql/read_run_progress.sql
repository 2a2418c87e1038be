-- What a progress stream polls: one small row by primary key.
-- $1 run_id
SELECT run_id, status, progress, error_code, error_detail, error_remedy
  FROM ops.ingestion_runs
 WHERE run_id = $1
