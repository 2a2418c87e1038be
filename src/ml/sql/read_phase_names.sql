-- What phase types are called.
SELECT fase_id, fase_nome FROM core.fases_catalogo WHERE fase_nome IS NOT NULL ORDER BY fase_id
