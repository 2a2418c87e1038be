-- What the data know of materials. No parameters.
SELECT count(*) AS products, count(produto_qtd_gel_deck) AS with_gel_deck, count(produto_qtd_gel_casco) AS with_gel_casco,
  (SELECT count(*) FROM core.ordens_fabrico) AS orders
FROM core.modelos
