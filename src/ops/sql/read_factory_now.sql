-- Where the factory stands at $1: its active orders (neither closed nor dormant) by status, its WIP, its queues.
-- $1 as_of  $2 the factory's time zone  $3 days without an event after which an order is dormant
WITH active AS (
  SELECT e.of_id, e.is_started,
    (o.of_data_transporte AT TIME ZONE $2::text)::date AS due_day,
    (forecast.eta_p50 AT TIME ZONE $2::text)::date AS eta_day,
    ($1::timestamptz AT TIME ZONE $2::text)::date AS as_of_day
  FROM core.ordens_estado e
  JOIN core.ordens_fabrico o ON o.of_id = e.of_id
  LEFT JOIN analytics.order_forecast forecast ON forecast.of_id = e.of_id
  WHERE NOT e.is_closed AND e.last_event_at >= $1::timestamptz - make_interval(hours => 24 * $3::int)
), named AS (
  SELECT CASE
    WHEN due_day < as_of_day THEN 'LATE'
    WHEN eta_day > due_day THEN 'AT_RISK'
    WHEN is_started THEN 'IN_PROGRESS'
    ELSE 'CREATED' END AS status
  FROM active
)
SELECT
  (SELECT json_object_agg(status, count) FROM (SELECT status, count(*) FROM named GROUP BY status) AS counts) AS orders,
  (SELECT coalesce(sum(wip_count), 0)::int FROM analytics.phase_now) AS wip,
  (SELECT coalesce(sum(queue_size), 0)::int FROM analytics.phase_now) AS queued,
  (SELECT figures FROM analytics.kpi_default_window WHERE figure = 'kpi_overview') AS kpis
