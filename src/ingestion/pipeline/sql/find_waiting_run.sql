-- The run that waits for a worker.
SELECT run_id, correlation_id FROM ops.ingestion_runs WHERE status = 'QUEUED' ORDER BY run_id LIMIT 1
