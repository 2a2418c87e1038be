-- The published run and the data clock of core as it stands; the run is null while nothing is published.
SELECT version.run_id, (SELECT max(last_event_at) FROM core.ordens_estado) AS as_of
FROM ops.ops_cache_version AS version
WHERE version.id = 1
