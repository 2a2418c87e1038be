-- Every error with its order's product and the type of the phase that it names as the culprit. The two fifths that name none are
-- joined with no phase: a hash join puts all nulls into one batch, and splits the rest in vain once they outgrow its memory.
-- Identifiers: target (analytics.quality_errors, or a table like it)
-- $1 time zone of the factory
INSERT INTO {{target}}
  (ofch_id, of_id, of_data_criacao, event_time, month, produto_id, fase_avaliacao_id, fase_culpada_id, gravidade, descricao)
SELECT erro.ofch_id, erro.ofch_of_id, ordem.of_data_criacao, erro.ofch_event_time,
  date_trunc('month', erro.ofch_event_time AT TIME ZONE $1)::date, ordem.of_produto_id,
  erro.ofch_fase_avaliacao, erro.fase_culpada_id, erro.ofch_gravidade, erro.ofch_descricao_erro
FROM (
  SELECT com.*, culpada.faseof_fase_id AS fase_culpada_id
  FROM core.erros_ordem_fabrico AS com
  LEFT JOIN core.fases_ordem_fabrico AS culpada ON culpada.faseof_id = com.ofch_faseof_culpada
  WHERE com.ofch_faseof_culpada IS NOT NULL
  UNION ALL
  SELECT sem.*, NULL
  FROM core.erros_ordem_fabrico AS sem
  WHERE sem.ofch_faseof_culpada IS NULL
) AS erro
JOIN core.ordens_fabrico AS ordem ON ordem.of_id = erro.ofch_of_id
