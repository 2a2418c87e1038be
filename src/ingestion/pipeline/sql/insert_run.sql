-- Records a run that waits, unless another one waits or runs.
-- $1 created_at, $2 workbook name, $3 path, $4 bytes, $5 SHA-256, $6 forced, $7 sheets that may lose many rows,
-- $8 correlation id
INSERT INTO ops.ingestion_runs
  (status, created_at, workbook_name, workbook_path, workbook_bytes, excel_sha256, forced, allow_mass_absence,
    correlation_id)
VALUES ('QUEUED', $1, $2, $3, $4, $5, $6, $7::text[], $8)
ON CONFLICT ((true)) WHERE status IN ('QUEUED', 'RUNNING') DO NOTHING
RETURNING run_id
