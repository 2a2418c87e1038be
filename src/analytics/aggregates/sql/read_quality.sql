-- What errors contribute to agg_quality_daily. The culprit's type is that of the phase which the error names, whatever
-- order that belongs to; null where none is named or it is unknown.
-- Identifiers: touched_join (a join with the touched errors, or nothing)
-- $1 factory time zone, $2 1 to add, -1 to take away
SELECT (erro.ofch_event_time AT TIME ZONE $1::text)::date AS day, ordem.of_produto_id AS produto_id,
  erro.ofch_fase_avaliacao AS fase_avaliacao_id, culpada.faseof_fase_id AS fase_culpada_id,
  erro.ofch_gravidade AS gravidade,
  $2::bigint * count(*) AS errors
FROM core.erros_ordem_fabrico AS erro
JOIN core.ordens_fabrico AS ordem ON ordem.of_id = erro.ofch_of_id
{{touched_join}}
LEFT JOIN core.fases_ordem_fabrico AS culpada ON culpada.faseof_id = erro.ofch_faseof_culpada
GROUP BY 1, 2, 3, 4, 5
