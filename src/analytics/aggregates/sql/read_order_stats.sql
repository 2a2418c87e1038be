-- What orders contribute to agg_order_stats_daily: one row for the day of creation, one for the day of finish. An order
-- is on time when it was finished on or before its due day; a lead time below zero is left out.
-- Identifiers: source (the table, or a join that finds the touched ones in it), as ordem
-- $1 factory time zone, $2 1 to add, -1 to take away
SELECT part.day, ordem.of_produto_id AS produto_id,
  $2::bigint * count(*) FILTER (WHERE NOT part.is_finish) AS created,
  $2::bigint * count(*) FILTER (WHERE part.is_finish) AS finished,
  $2::bigint * count(*) FILTER (WHERE part.is_finish AND part.due_day IS NOT NULL) AS finished_with_due,
  $2::bigint * count(*) FILTER (WHERE part.is_finish AND part.day <= part.due_day) AS finished_on_time,
  $2::bigint * count(*) FILTER (WHERE part.is_finish AND part.lead_time_seconds >= 0) AS lead_time_orders,
  $2::bigint * coalesce(sum(part.lead_time_seconds) FILTER (WHERE part.is_finish AND part.lead_time_seconds >= 0), 0)
    AS lead_time_seconds
FROM {{source}} AS ordem
CROSS JOIN LATERAL (
  VALUES
    ((ordem.of_data_criacao AT TIME ZONE $1::text)::date, false, NULL::date, NULL::bigint),
    ((ordem.of_data_acabamento AT TIME ZONE $1::text)::date, true,
      (ordem.of_data_transporte AT TIME ZONE $1::text)::date,
      extract(epoch FROM ordem.of_data_acabamento - ordem.of_data_criacao)::bigint)
) AS part (day, is_finish, due_day, lead_time_seconds)
WHERE part.day IS NOT NULL
GROUP BY 1, 2
