-- The phases of one order in the order of its timeline; those without a sequence come last.
-- $1 of_id
SELECT p.faseof_id, p.faseof_of_id::text AS faseof_of_id, p.faseof_fase_id, f.fase_nome,
  p.faseof_inicio, p.faseof_fim, p.faseof_data_prevista, p.faseof_sequencia, p.faseof_peso, p.faseof_coeficiente,
  p.faseof_coeficiente_x, p.faseof_retorno, p.faseof_turno, p.faseof_duration_seconds, p.faseof_is_open, p.faseof_is_done
FROM core.fases_ordem_fabrico p
LEFT JOIN core.fases_catalogo f ON f.fase_id = p.faseof_fase_id
WHERE p.faseof_of_id = $1::bigint
ORDER BY p.faseof_sequencia NULLS LAST, p.faseof_id
