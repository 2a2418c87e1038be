-- Gives the filled partitions of $1 (a table of core) its indexes, and takes them apart.
SELECT core.index_hash_build($1::regclass)
