-- What the data know of the products' materials. No parameters.
SELECT count(*) AS products, count(produto_qtd_gel_deck) AS with_gel_deck, count(produto_qtd_gel_casco) AS with_gel_casco
FROM core.modelos
