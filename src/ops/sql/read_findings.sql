-- What the report of run $1 counted among rejects and issues, with the run whose evidence lists them.
SELECT coalesce(evidence_run_id, run_id) AS evidence_run_id, evidence_dropped, report->'rejects' AS rejects,
  report->'issues' AS issues
FROM ops.ingestion_runs
WHERE run_id = $1
