-- How many orders the filters leave, over all pages: an index-only scan, run only for include_total=true.
-- $1,$2 creation from, to or null  $3 product or null  $4,$5 bounds of the id's digits, from included, to excluded, or null
SELECT count(*) AS total
FROM core.ordens_fabrico o
WHERE ($1::timestamptz IS NULL OR o.of_data_criacao >= $1::timestamptz)
  AND ($2::timestamptz IS NULL OR o.of_data_criacao < $2::timestamptz)
  AND ($3::bigint IS NULL OR o.of_produto_id = $3::bigint)
  AND ($4::text IS NULL OR (o.of_id::text ~>=~ $4::text AND o.of_id::text ~<~ $5::text))
