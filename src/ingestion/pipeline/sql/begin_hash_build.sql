-- Makes the partitions of $1 (a table of core) as tables of staging, to be filled before they join core.
SELECT core.begin_hash_build($1::regclass)
