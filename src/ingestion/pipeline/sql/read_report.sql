-- The report of run $1.
SELECT report FROM ops.ingestion_runs WHERE run_id = $1
