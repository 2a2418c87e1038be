-- What is known of the orders that can be compared with: those alive since a moment, with their phases in the order of
-- the route as one text, type,start,end,return,automatic;… in seconds since 1970, since half a million rows would
-- cost more to send than to use. Orders not alive since then come without phases, for their lead times, if wanted.
-- $1 the moment  $2 whether orders not alive since then are wanted
SELECT ordem.of_id, ordem.of_produto_id, modelo.produto_nome,
  extract(epoch FROM ordem.of_data_criacao)::double precision AS created,
  extract(epoch FROM ordem.of_data_acabamento)::double precision AS finished,
  ordem.of_data_transporte AS due, estado.is_closed, fases.phases
FROM core.ordens_fabrico AS ordem
JOIN core.ordens_estado AS estado ON estado.of_id = ordem.of_id
LEFT JOIN core.modelos AS modelo ON modelo.produto_id = ordem.of_produto_id
LEFT JOIN (
  SELECT fase.faseof_of_id,
    string_agg(
      concat_ws(',', fase.faseof_fase_id, coalesce(extract(epoch FROM fase.faseof_inicio)::bigint::text, ''),
        coalesce(extract(epoch FROM fase.faseof_fim)::bigint::text, ''), (fase.faseof_retorno = 1)::int,
        (tipo.fase_automatica = 1)::int),
      ';' ORDER BY fase.faseof_sequencia NULLS LAST, fase.faseof_id) AS phases
  FROM core.fases_ordem_fabrico AS fase
  JOIN core.fases_catalogo AS tipo ON tipo.fase_id = fase.faseof_fase_id
  JOIN core.ordens_estado AS alive ON alive.of_id = fase.faseof_of_id AND alive.last_event_at >= $1::timestamptz
  GROUP BY fase.faseof_of_id
) AS fases ON fases.faseof_of_id = ordem.of_id
WHERE estado.last_event_at >= $1::timestamptz OR $2::boolean
ORDER BY ordem.of_id
