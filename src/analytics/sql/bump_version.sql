-- Turns readers and caches to what was computed anew from the same run's data.
UPDATE ops.ops_cache_version SET version = version + 1 WHERE id = 1
