-- Puts the filled partitions in the place of those of $1 (a table of core), which are empty.
SELECT core.finish_hash_build($1::regclass)
