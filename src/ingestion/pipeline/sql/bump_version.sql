-- Turns the readers to run $1, published at $2; the version is part of every cache key.
UPDATE ops.ops_cache_version SET version = version + 1, run_id = $1, published_at = $2 WHERE id = 1
