-- Key figures of the orders finished in [$1, $2), wall-clock times of the factory; without: the 90 days to the data clock.
WITH bounds AS (
  SELECT
    coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') AS until,
    coalesce($1::timestamp, coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') - interval '90 days') AS since
  FROM clock
),
finished AS (
  SELECT orders.*
  FROM orders, bounds
  WHERE finished >= since AT TIME ZONE 'Europe/Lisbon' AND finished < until AT TIME ZONE 'Europe/Lisbon'
),
figures AS (
  SELECT
    count(*)::float8 AS orders_finished,
    count(due)::float8 AS orders_with_due,
    count(*) FILTER (WHERE finish_day <= due_day)::float8 AS orders_on_time,
    count(*) FILTER (WHERE finish_day <= due_day) / nullif(count(due), 0)::float8 AS otd_pct,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY lead_hours) FILTER (WHERE lead_hours >= 0) AS lead_time_h,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY lead_hours) FILTER (WHERE lead_hours >= 0) AS lead_time_p90_h,
    avg(lead_hours) FILTER (WHERE lead_hours >= 0) AS avg_cycle_time_hours
  FROM finished
)
SELECT name AS figure, value
FROM figures, bounds, LATERAL (
  VALUES
    ('orders_finished', orders_finished), ('orders_with_due', orders_with_due), ('orders_on_time', orders_on_time),
    ('otd_pct', otd_pct), ('lead_time_h', lead_time_h), ('lead_time_p90_h', lead_time_p90_h),
    ('avg_cycle_time_hours', avg_cycle_time_hours),
    ('throughput_day', orders_finished / (extract(epoch FROM until - since) / 86400)::float8),
    ('throughput_dia', orders_finished / (extract(epoch FROM until - since) / 86400)::float8),
    ('from_date', extract(epoch FROM since AT TIME ZONE 'Europe/Lisbon')::float8),
    ('to_date', extract(epoch FROM until AT TIME ZONE 'Europe/Lisbon')::float8)
) AS figures_of_window (name, value)
UNION ALL
SELECT 'wip_total', count(*) FROM wip
