-- The accounting of run $1.
SELECT sheet, extracted, inserted, updated, unchanged, duplicates, quarantined
FROM ops.ingestion_sheet_runs
WHERE run_id = $1
