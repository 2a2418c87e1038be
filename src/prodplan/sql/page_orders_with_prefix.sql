-- Keys of one page of the orders whose id begins with given digits, newest first, found along idx_of_id_text.
-- $1 rows at most  $2,$3 key of the row before the page (creation, of_id) or null  $4,$5 creation from, to or null
-- $6 product or null  $7 phase type or null  $8,$9 bounds of the digits, from included, to excluded
SELECT o.of_id::text AS of_id, (extract(epoch FROM o.of_data_criacao) * 1000000)::bigint AS created_us
FROM core.ordens_fabrico o
WHERE o.of_id::text ~>=~ $8::text
  AND o.of_id::text ~<~ $9::text
  AND ($2::bigint IS NULL
    OR (o.of_data_criacao, o.of_id) < ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::bigint))
  AND ($4::timestamptz IS NULL OR o.of_data_criacao >= $4::timestamptz)
  AND ($5::timestamptz IS NULL OR o.of_data_criacao < $5::timestamptz)
  AND ($6::bigint IS NULL OR o.of_produto_id = $6::bigint)
  AND ($7::bigint IS NULL
    OR EXISTS (SELECT FROM core.ordens_estado e WHERE e.of_id = o.of_id AND e.fase_atual_id = $7::bigint))
ORDER BY o.of_data_criacao DESC, o.of_id DESC
LIMIT $1
