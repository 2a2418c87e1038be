-- The published version and the clock of its data; no row before the first load.
SELECT published.version, run.as_of
FROM ops.ops_cache_version AS published
JOIN ops.ingestion_runs AS run ON run.run_id = published.run_id
