-- Rows of a table and the sum of their hashes, which no order changes. {{table}}: its name.
SELECT count(*)::text || ':' || coalesce(sum(('x' || left(md5(stored::text), 15))::bit(60)::bigint::numeric), 0) AS hash
  FROM {{table}} AS stored;
