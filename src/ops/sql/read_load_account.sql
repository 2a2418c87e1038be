-- The report of run $1: what became of the rows of the load that is served, with what it refused and why.
SELECT report
FROM ops.ingestion_runs
WHERE run_id = $1
