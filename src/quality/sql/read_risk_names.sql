-- The names of products ($1) and of phase types ($2).
SELECT true AS is_product, produto_id AS id, produto_nome AS nome FROM core.modelos WHERE produto_id = ANY ($1::bigint[])
UNION ALL
SELECT false, fase_id, fase_nome FROM core.fases_catalogo WHERE fase_id = ANY ($2::bigint[])
