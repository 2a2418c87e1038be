-- Ends run $1 as published: $2 finished_at, $3 as_of, $4 sample, $5 evidence run, $6 CSV hashes, $7 layout hashes,
-- $8 cell hashes, $9 part fingerprints, $10 settings hash, $11 rows extracted, $12 loaded, $13 merged, $14 rejected,
-- $15 report
UPDATE ops.ingestion_runs
SET status = 'COMPLETED', finished_at = $2, as_of = $3, sample = $4, evidence_run_id = $5,
  per_sheet_sha256 = $6::jsonb, per_sheet_layout = $7::jsonb, per_sheet_cells = $8::jsonb, part_fingerprints = $9::jsonb,
  settings_hash = $10, rows_extracted = $11, rows_loaded = $12, rows_merged = $13, rows_rejected = $14,
  report = $15::json
WHERE run_id = $1
