-- Active orders estimated to finish after their due day, by the estimates of the order list: $1 orders, $2 estimates. Days
-- from due day to estimated day; hours from the end of the due day to the estimate.
SELECT name || ' of ' || orders.id AS figure, value
FROM orders
JOIN unnest($1::bigint[], $2::timestamptz[]) AS estimate (id, eta) USING (id), LATERAL (
  SELECT
    (eta AT TIME ZONE 'Europe/Lisbon')::date - due_day AS days,
    extract(epoch FROM eta - (due_day + 1)::timestamp AT TIME ZONE 'Europe/Lisbon')::float8 / 3600 AS hours
) AS delay, LATERAL (
  VALUES ('days_behind', days), ('delay_hours', hours), ('parts of the delay', hours)
) AS figures (name, value)
WHERE is_active AND days > 0
