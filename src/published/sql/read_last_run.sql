-- The run that was asked for last, and how it ended.
SELECT run_id, status, workbook_name, sample, error_code, error_remedy
FROM ops.ingestion_runs
ORDER BY run_id DESC
LIMIT 1
