-- The phase types in the order of production.
SELECT fase_id, fase_nome FROM core.fases_catalogo ORDER BY fase_sequencia NULLS LAST, fase_id
