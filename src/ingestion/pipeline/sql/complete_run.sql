-- Ends run $1 as published: $2 finished_at, $3 as_of, $4 sample, $5 evidence run, $6 CSV hashes, $7 layout hashes,
-- $8 part fingerprints, $9 settings hash, $10 rows extracted, $11 loaded, $12 merged, $13 rejected, $14 report
UPDATE ops.ingestion_runs
SET status = 'COMPLETED', finished_at = $2, as_of = $3, sample = $4, evidence_run_id = $5,
  per_sheet_sha256 = $6::jsonb, per_sheet_layout = $7::jsonb, part_fingerprints = $8::jsonb, settings_hash = $9,
  rows_extracted = $10, rows_loaded = $11, rows_merged = $12, rows_rejected = $13, report = $14::json
WHERE run_id = $1
