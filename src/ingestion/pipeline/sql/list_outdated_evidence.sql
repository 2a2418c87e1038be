-- Runs whose rejects and findings are no longer kept: all but the $1 latest that have any and the published one's.
SELECT run.run_id
FROM ops.ingestion_runs AS run
WHERE run.status IN ('COMPLETED', 'FAILED') AND run.evidence_run_id IS NULL AND NOT run.evidence_dropped
  AND run.run_id <> (
    SELECT coalesce(current.evidence_run_id, current.run_id)
    FROM ops.ops_cache_version AS version
    JOIN ops.ingestion_runs AS current ON current.run_id = version.run_id
  )
ORDER BY run.run_id DESC
OFFSET $1
