-- The files of runs that wait or run.
SELECT workbook_path FROM ops.ingestion_runs WHERE status IN ('QUEUED', 'RUNNING')
