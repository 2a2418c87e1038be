-- Runs that wait or run.
SELECT count(*)::int AS count FROM ops.ingestion_runs WHERE status IN ('QUEUED', 'RUNNING');
