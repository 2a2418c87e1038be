-- The load whose data readers see: no row while nothing was ever published. No parameters.
SELECT v.version, v.run_id, coalesce(r.finished_at, v.published_at) AS finished_at, r.as_of, r.sample
FROM ops.ops_cache_version v
JOIN ops.ingestion_runs r ON r.run_id = v.run_id
WHERE v.id = 1
