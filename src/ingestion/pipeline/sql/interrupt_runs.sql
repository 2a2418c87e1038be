-- Marks the runs that were running when their process ended; $1 is now. Only for who holds the ingestion lock.
UPDATE ops.ingestion_runs
SET status = 'INTERRUPTED', finished_at = $1, error_code = 'RUN_INTERRUPTED',
  error_detail = 'The process that ran this load ended before it did; the published data are as before.',
  error_remedy = 'Run the load again.'
WHERE status = 'RUNNING'
RETURNING run_id
