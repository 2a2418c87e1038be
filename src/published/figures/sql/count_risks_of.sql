-- What the risks of the orders created in [$2, $3) are computed from, by the month of the factory of their creation; the
-- comments of analytics.risk_month say how it is written.
-- $1 time zone of the factory
WITH ordem AS (
  SELECT date_trunc('month', of_data_criacao AT TIME ZONE $1::text)::date AS created, of_produto_id AS produto_id,
    count(*)::integer AS orders
  FROM core.ordens_fabrico
  WHERE of_data_criacao >= $2::timestamptz AND of_data_criacao < $3::timestamptz
  GROUP BY created, of_produto_id
), per_order AS (
  SELECT date_trunc('month', of_data_criacao AT TIME ZONE $1::text)::date AS created, produto_id, fase_culpada_id AS fase_id,
    count(*)::integer AS errors, sum(gravidade)::integer AS gravidade_total
  FROM analytics.quality_errors
  WHERE fase_culpada_id IS NOT NULL AND of_data_criacao >= $2::timestamptz AND of_data_criacao < $3::timestamptz
  GROUP BY created, of_id, produto_id, fase_culpada_id
), pair AS (
  SELECT created, produto_id, fase_id, count(*)::integer AS orders, sum(errors)::integer AS errors,
    sum(gravidade_total)::integer AS gravidade_total
  FROM per_order
  GROUP BY created, produto_id, fase_id
), culprit AS (
  SELECT created, fase_id, sum(orders)::integer AS orders FROM pair GROUP BY created, fase_id
)
SELECT created AS month, sum(ordem.orders)::integer AS orders,
  coalesce(string_agg(int8send(produto_id) || int4send(ordem.orders), ''::bytea)
    FILTER (WHERE produto_id IS NOT NULL), ''::bytea) AS products,
  coalesce((
    SELECT string_agg(int8send(fase_id) || int4send(culprit.orders), ''::bytea)
    FROM culprit WHERE culprit.created = ordem.created
  ), ''::bytea) AS culprits,
  coalesce((
    SELECT string_agg(int8send(produto_id) || int8send(fase_id) || int4send(pair.orders) || int4send(errors)
      || int4send(gravidade_total), ''::bytea)
    FROM pair WHERE pair.created = ordem.created AND pair.produto_id IS NOT NULL
  ), ''::bytea) AS pairs
FROM ordem
GROUP BY created
