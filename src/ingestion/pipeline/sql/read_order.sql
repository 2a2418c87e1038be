-- The status of run $1.
SELECT status FROM ops.ingestion_runs WHERE run_id = $1
