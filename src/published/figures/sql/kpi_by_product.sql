-- Key figures of the orders finished in a window, by product; as kpi_overview, with the errors of those orders, which are
-- looked up order by order: a window's orders are few, and each has its errors in one partition.
-- $1,$2 window, half open  $3 the factory's time zone
WITH finished AS MATERIALIZED (
  SELECT of_id, of_produto_id AS produto_id,
    of_data_transporte AS due,
    CASE
      WHEN of_data_acabamento < of_data_transporte - interval '3 hours' THEN true
      WHEN of_data_acabamento > of_data_transporte + interval '49 hours' THEN false
      ELSE (of_data_acabamento AT TIME ZONE $3::text)::date <= (of_data_transporte AT TIME ZONE $3::text)::date
    END AS is_on_time,
    date_part('epoch', of_data_acabamento - of_data_criacao) AS lead
  FROM core.ordens_fabrico
  WHERE of_data_acabamento >= $1::timestamptz AND of_data_acabamento < $2::timestamptz
)
SELECT finished.produto_id, count(*) AS orders_finished, count(due) AS orders_with_due,
  count(*) FILTER (WHERE is_on_time) AS orders_on_time,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY lead) FILTER (WHERE lead >= 0) AS lead_time_p50_seconds,
  avg(lead) FILTER (WHERE lead >= 0) AS lead_time_avg_seconds,
  count(*) FILTER (WHERE errors.found > 0) AS orders_with_error, sum(errors.found)::bigint AS errors
FROM finished
CROSS JOIN LATERAL (
  SELECT count(*) AS found FROM core.erros_ordem_fabrico WHERE ofch_of_id = finished.of_id
) AS errors
GROUP BY finished.produto_id
ORDER BY orders_finished DESC, finished.produto_id NULLS LAST
