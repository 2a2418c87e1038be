-- The run that waits or runs.
SELECT run_id FROM ops.ingestion_runs WHERE status IN ('QUEUED', 'RUNNING') ORDER BY run_id LIMIT 1
