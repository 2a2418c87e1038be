-- Every order with its errors as one text, time,severity,culprit type;… in seconds since 1970, by (creation, of_id).
SELECT ordem.of_id, ordem.of_produto_id,
  extract(epoch FROM ordem.of_data_criacao)::double precision AS created,
  extract(epoch FROM ordem.of_data_acabamento)::double precision AS finished,
  CASE WHEN ordem.of_data_acabamento IS NULL AND estado.is_closed
    THEN extract(epoch FROM estado.last_event_at)::double precision END AS closed,
  extract(epoch FROM ordem.of_data_transporte)::double precision AS due,
  erros.errors
FROM core.ordens_fabrico AS ordem
LEFT JOIN core.ordens_estado AS estado ON estado.of_id = ordem.of_id AND estado.of_data_criacao = ordem.of_data_criacao
LEFT JOIN (
  SELECT erro.of_id,
    string_agg(
      concat_ws(',', extract(epoch FROM erro.event_time)::bigint, erro.gravidade, coalesce(erro.fase_culpada_id::text, '')),
      ';' ORDER BY erro.event_time, erro.ofch_id) AS errors
  FROM analytics.quality_errors AS erro
  GROUP BY erro.of_id
) AS erros ON erros.of_id = ordem.of_id
ORDER BY ordem.of_data_criacao, ordem.of_id
