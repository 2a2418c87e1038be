-- The phase types and their names.
SELECT fase_id, fase_nome FROM core.fases_catalogo
