-- As insert_all_errors, of the touched errors that are still in core.
-- $1 time zone of the factory
INSERT INTO analytics.quality_errors
  (ofch_id, of_id, of_data_criacao, event_time, month, produto_id, fase_avaliacao_id, fase_culpada_id, gravidade, descricao)
SELECT erro.ofch_id, erro.ofch_of_id, ordem.of_data_criacao, erro.ofch_event_time,
  date_trunc('month', erro.ofch_event_time AT TIME ZONE $1)::date, ordem.of_produto_id,
  erro.ofch_fase_avaliacao, culpada.faseof_fase_id, erro.ofch_gravidade, erro.ofch_descricao_erro
FROM (SELECT DISTINCT ofch_id, ofch_of_id FROM touched_errors) AS touched
JOIN core.erros_ordem_fabrico AS erro
  ON erro.ofch_id = touched.ofch_id AND erro.ofch_of_id = touched.ofch_of_id
JOIN core.ordens_fabrico AS ordem ON ordem.of_id = erro.ofch_of_id
LEFT JOIN core.fases_ordem_fabrico AS culpada ON culpada.faseof_id = erro.ofch_faseof_culpada
