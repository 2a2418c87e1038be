-- The published version, and the one that the tables for reading are of, null before the first. No row before a load.
SELECT published.version, state.version AS prepared
FROM ops.ops_cache_version AS published
LEFT JOIN analytics.reading_state AS state ON state.id = 1
WHERE published.id = 1
