-- Keeps the accounting of run $1: $2 sheets, $3.. counts, $11 seconds (arrays).
INSERT INTO ops.ingestion_sheet_runs
  (run_id, sheet, extracted, inserted, updated, unchanged, duplicates, quarantined, absent, withdrawn, seconds)
SELECT $1::bigint, account.*
FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
  $9::bigint[], $10::bigint[], $11::float8[]) AS account
