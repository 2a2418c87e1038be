-- Orders by product that were finished in [$1, $2), wall-clock times of the factory; without: the 90 days to the data clock.
WITH bounds AS (
  SELECT
    coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') AS until,
    coalesce($1::timestamp, coalesce($2::timestamp, as_of AT TIME ZONE 'Europe/Lisbon') - interval '90 days') AS since
  FROM clock
),
errors_of_order AS (
  SELECT of_id AS id, count(*) AS errors FROM errors GROUP BY of_id
),
groups AS (
  SELECT
    produto_id, count(*)::float8 AS orders,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY lead_hours) FILTER (WHERE lead_hours >= 0) AS lead_time_h,
    avg(lead_hours) FILTER (WHERE lead_hours >= 0) AS mean,
    count(*) FILTER (WHERE finish_day <= due_day) / nullif(count(due), 0)::float8 AS otd_pct,
    count(errors) / count(*)::float8 AS error_rate,
    coalesce(sum(errors), 0)::float8 / count(*) AS errors_per_order
  FROM orders LEFT JOIN errors_of_order USING (id), bounds
  WHERE finished >= since AT TIME ZONE 'Europe/Lisbon' AND finished < until AT TIME ZONE 'Europe/Lisbon'
  GROUP BY produto_id
)
SELECT name || ' of ' || coalesce(produto_id::text, 'none') AS figure, value
FROM groups, LATERAL (
  VALUES
    ('orders', orders), ('lead_time_h', lead_time_h), ('avg_cycle_time_hours', mean), ('otd_pct', otd_pct),
    ('error_rate', error_rate), ('errors_per_order', errors_per_order)
) AS figures (name, value)
