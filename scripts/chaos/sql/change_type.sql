-- A column of what every request reads gets another type: plans that connections keep are of no use any more.
ALTER TABLE ops.ops_cache_version ALTER COLUMN version TYPE integer;
