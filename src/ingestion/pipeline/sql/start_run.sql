-- Takes the waiting run $1 at $2.
UPDATE ops.ingestion_runs
SET status = 'RUNNING', started_at = $2
WHERE run_id = $1 AND status = 'QUEUED'
RETURNING run_id, workbook_path, workbook_name, excel_sha256, workbook_bytes, forced, allow_mass_absence
