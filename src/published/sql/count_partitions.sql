-- The partitioned tables of core, each with how many partitions it has.
SELECT parent.relname AS parent, count(child.inhrelid)::int AS partitions
FROM pg_class parent
LEFT JOIN pg_inherits child ON child.inhparent = parent.oid
WHERE parent.relnamespace = 'core'::regnamespace AND parent.relkind = 'p'
GROUP BY parent.relname
ORDER BY parent.relname
