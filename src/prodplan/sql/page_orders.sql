-- Keys of one page of orders, newest first, along idx_of_criacao_keyset or, with a product, idx_of_produto_data.
-- Times are microseconds since 1970, so that the key survives the way through a cursor exactly.
-- $1 rows at most  $2,$3 key of the row before the page (creation, of_id) or null  $4,$5 creation from, to or null
-- $6 product or null
SELECT o.of_id::text AS of_id, (extract(epoch FROM o.of_data_criacao) * 1000000)::bigint AS created_us
FROM core.ordens_fabrico o
WHERE ($2::bigint IS NULL
    OR (o.of_data_criacao, o.of_id) < ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::bigint))
  AND ($4::timestamptz IS NULL OR o.of_data_criacao >= $4::timestamptz)
  AND ($5::timestamptz IS NULL OR o.of_data_criacao < $5::timestamptz)
  AND ($6::bigint IS NULL OR o.of_produto_id = $6::bigint)
ORDER BY o.of_data_criacao DESC, o.of_id DESC
LIMIT $1
