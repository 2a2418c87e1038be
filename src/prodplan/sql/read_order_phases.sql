-- The phases of one order in the order of its timeline; those without a sequence come last.
-- The usual duration is the product's own where it has one, else that of the phase type over all products.
-- $1 of_id  $2,$3 first and last event time of its phases, which choose the months to look into; -infinity, infinity for all
SELECT p.faseof_id, p.faseof_of_id::text AS faseof_of_id, p.faseof_fase_id, f.fase_nome,
  p.faseof_inicio, p.faseof_fim, p.faseof_data_prevista, p.faseof_sequencia, p.faseof_peso, p.faseof_coeficiente,
  p.faseof_coeficiente_x, p.faseof_retorno, p.faseof_turno, p.faseof_duration_seconds, p.faseof_is_open, p.faseof_is_done,
  coalesce(own.median_seconds, any_product.median_seconds) AS usual_seconds
FROM core.fases_ordem_fabrico p
LEFT JOIN core.fases_catalogo f ON f.fase_id = p.faseof_fase_id
LEFT JOIN core.ordens_fabrico o ON o.of_id = p.faseof_of_id
LEFT JOIN analytics.phase_usual own ON own.fase_id = p.faseof_fase_id AND own.produto_id = o.of_produto_id
LEFT JOIN analytics.phase_usual any_product
  ON any_product.fase_id = p.faseof_fase_id AND any_product.produto_id IS NULL
WHERE p.faseof_of_id = $1::bigint
  AND p.faseof_event_time >= $2::timestamptz AND p.faseof_event_time <= $3::timestamptz
ORDER BY p.faseof_sequencia NULLS LAST, p.faseof_id
