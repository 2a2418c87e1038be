-- Keys of one page of the orders that stand in a phase type, newest first, along idx_estado_fase_atual.
-- $1 rows at most  $2,$3 key of the row before the page (creation, of_id) or null  $4,$5 creation from, to or null
-- $6 product or null  $7 phase type
SELECT e.of_id::text AS of_id, (extract(epoch FROM e.of_data_criacao) * 1000000)::bigint AS created_us
FROM core.ordens_estado e
WHERE e.fase_atual_id = $7::bigint
  AND ($2::bigint IS NULL
    OR (e.of_data_criacao, e.of_id) < ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::bigint))
  AND ($4::timestamptz IS NULL OR e.of_data_criacao >= $4::timestamptz)
  AND ($5::timestamptz IS NULL OR e.of_data_criacao < $5::timestamptz)
  AND ($6::bigint IS NULL
    OR EXISTS (SELECT FROM core.ordens_fabrico o WHERE o.of_id = e.of_id AND o.of_produto_id = $6::bigint))
ORDER BY e.of_data_criacao DESC, e.of_id DESC
LIMIT $1
