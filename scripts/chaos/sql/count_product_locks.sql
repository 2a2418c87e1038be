-- Advisory locks of the product that are held: 7305150001 to 7305150005, docs/architecture.md.
SELECT count(*)::int AS count
  FROM pg_locks
 WHERE locktype = 'advisory'
   AND granted
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND (classid::bigint << 32) | objid::bigint BETWEEN 7305150001 AND 7305150005;
