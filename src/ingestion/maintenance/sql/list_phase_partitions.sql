-- The partitions of core.fases_ordem_fabrico with what they hold and weigh; row counts are exact.
SELECT part.relname AS name, pg_get_expr(part.relpartbound, part.oid) AS bound,
  coalesce(counted.rows, 0) AS rows, pg_total_relation_size(part.oid) AS bytes
FROM pg_inherits AS inherited
JOIN pg_class AS part ON part.oid = inherited.inhrelid
LEFT JOIN (
  SELECT tableoid, count(*) AS rows FROM core.fases_ordem_fabrico GROUP BY tableoid
) AS counted ON counted.tableoid = part.oid
WHERE inherited.inhparent = 'core.fases_ordem_fabrico'::regclass
ORDER BY part.relname COLLATE "C"
