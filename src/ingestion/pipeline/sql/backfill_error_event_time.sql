-- An error's time is the end, else the start, of its evaluation phase, else its order's creation.
UPDATE core.erros_ordem_fabrico AS erro
SET ofch_event_time = computed.event_time
FROM (
  SELECT known.ofch_id, known.ofch_of_id,
    coalesce(fase.faseof_fim, fase.faseof_inicio, ordem.of_data_criacao) AS event_time
  FROM core.erros_ordem_fabrico AS known
  JOIN core.ordens_fabrico AS ordem ON ordem.of_id = known.ofch_of_id
  LEFT JOIN core.fases_ordem_fabrico AS fase ON fase.faseof_id = known.ofch_faseof_avaliacao
) AS computed
WHERE computed.ofch_id = erro.ofch_id AND computed.ofch_of_id = erro.ofch_of_id
  AND erro.ofch_event_time IS DISTINCT FROM computed.event_time
