-- The published run and the one whose findings its data have; none while nothing is published.
SELECT run.run_id, coalesce(run.evidence_run_id, run.run_id) AS evidence_run_id, run.as_of
FROM ops.ops_cache_version AS version
JOIN ops.ingestion_runs AS run ON run.run_id = version.run_id
WHERE version.id = 1
