-- What errors contribute to agg_quality_daily, as the derivation `quality` has stored them with their product and the type
-- of their culprit: as before the load until that derivation has run, as after it from then on.
-- Identifiers: source (the table, or a join that finds the touched ones in it), as erro
-- $1 factory time zone, $2 1 to add, -1 to take away
SELECT (erro.event_time AT TIME ZONE $1::text)::date AS day, erro.produto_id, erro.fase_avaliacao_id,
  erro.fase_culpada_id, erro.gravidade,
  $2::bigint * count(*) AS errors
FROM {{source}} AS erro
GROUP BY 1, 2, 3, 4, 5
