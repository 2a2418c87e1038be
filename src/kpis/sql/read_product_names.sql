-- Names of products; those that are in no catalogue have no row.
-- $1 products
SELECT produto_id, produto_nome FROM core.modelos WHERE produto_id = ANY ($1::bigint[])
