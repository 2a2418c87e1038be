-- The KPIs of each day from $1 to $2: of the orders finished in the 90 days of the factory that end with it. A lead time
-- below zero is left out; on time means on or before the due day.
-- $3 factory time zone
WITH finished AS MATERIALIZED (
  SELECT (of_data_acabamento AT TIME ZONE $3::text)::date AS day,
    (of_data_transporte AT TIME ZONE $3::text)::date AS due_day,
    CASE WHEN of_data_acabamento >= of_data_criacao
      THEN extract(epoch FROM of_data_acabamento - of_data_criacao)::double precision / 3600 END AS lead_time_h
  FROM core.ordens_fabrico
  WHERE of_data_acabamento IS NOT NULL
), in_window AS (
  SELECT later.day::date AS day, finished.due_day IS NOT NULL AS has_due,
    coalesce(finished.day <= finished.due_day, false) AS on_time, finished.lead_time_h
  FROM finished
  CROSS JOIN LATERAL generate_series(
    greatest(finished.day, $1::date)::timestamp, least(finished.day + 89, $2::date)::timestamp, interval '1 day'
  ) AS later (day)
)
INSERT INTO analytics.kpi_snapshots
  (day, orders_finished, orders_with_due, orders_on_time, otd_pct, throughput_day, lead_time_h, avg_cycle_time_hours)
SELECT calendar.day::date, count(found.day), count(*) FILTER (WHERE found.has_due),
  count(*) FILTER (WHERE found.on_time),
  count(*) FILTER (WHERE found.on_time)::double precision / nullif(count(*) FILTER (WHERE found.has_due), 0),
  count(found.day)::double precision / 90,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY found.lead_time_h),
  -- In order: a sum of floating-point numbers depends on it in its last digit.
  avg(found.lead_time_h ORDER BY found.lead_time_h)
FROM generate_series($1::date::timestamp, $2::date::timestamp, interval '1 day') AS calendar (day)
LEFT JOIN in_window AS found ON found.day = calendar.day::date
GROUP BY calendar.day
