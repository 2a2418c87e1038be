-- The errors that are kept, with their time and with the types of the phases that found and caused them.
CREATE TEMP TABLE errors AS
SELECT
  raw.ofch_of_id AS of_id, raw.ofch_gravidade AS gravidade, raw.ofch_descricao_erro AS descricao,
  raw.ofch_fase_avaliacao AS fase_avaliacao, evaluation.fase_id AS fase_of_avaliacao, culprit.fase_id AS fase_culpada,
  raw.ofch_faseof_avaliacao AS faseof_avaliacao, raw.ofch_faseof_culpada AS faseof_culpada,
  evaluation.id IS NULL AS is_evaluation_unknown, culprit.id IS NULL AS is_culprit_unknown,
  coalesce(evaluation.fim, evaluation.inicio, orders.created) AS moment
FROM staging.erros_ordem_fabrico_raw AS raw
JOIN orders ON orders.id = raw.ofch_of_id
LEFT JOIN phases AS evaluation ON evaluation.id = raw.ofch_faseof_avaliacao
LEFT JOIN phases AS culprit ON culprit.id = raw.ofch_faseof_culpada
WHERE NOT raw.is_duplicate AND raw.reject_code IS NULL
