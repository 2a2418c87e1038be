-- How many orders that stand in a phase type the other filters leave, over all pages; as count_orders.
-- $1,$2 creation from, to or null  $3 product or null  $4,$5 bounds of the id's digits, from included, to excluded, or null
-- $6 phase type
SELECT count(*) AS total
FROM core.ordens_estado e
WHERE e.fase_atual_id = $6::bigint
  AND ($1::timestamptz IS NULL OR e.of_data_criacao >= $1::timestamptz)
  AND ($2::timestamptz IS NULL OR e.of_data_criacao < $2::timestamptz)
  AND ($3::bigint IS NULL
    OR e.of_id IN (SELECT o.of_id FROM core.ordens_fabrico o WHERE o.of_produto_id = $3::bigint))
  AND ($4::text IS NULL OR (e.of_id::text ~>=~ $4::text AND e.of_id::text ~<~ $5::text))
