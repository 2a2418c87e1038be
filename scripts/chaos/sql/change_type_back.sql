-- Takes back what change_type.sql did.
ALTER TABLE ops.ops_cache_version ALTER COLUMN version TYPE bigint;
