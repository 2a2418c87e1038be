-- At the first of each month of the two years before the data clock, factory time: the orders active then by the events
-- up to then, how many were finished since, and the error of the naive answer (days): the later of that moment and
-- creation + the median lead time of the product's orders finished by then, or of all where the product has none.
WITH moments AS (
  SELECT month AS local, month AT TIME ZONE 'Europe/Lisbon' AS moment
  FROM clock, LATERAL generate_series(
    date_trunc('month', as_of AT TIME ZONE 'Europe/Lisbon') - interval '23 months',
    date_trunc('month', as_of AT TIME ZONE 'Europe/Lisbon'), interval '1 month'
  ) AS month
),
events AS (
  SELECT of_id, inicio AS event FROM phases WHERE inicio IS NOT NULL
  UNION ALL
  SELECT of_id, fim FROM phases WHERE fim IS NOT NULL
),
last_events AS (
  SELECT moment, of_id AS id, max(event) AS event FROM moments JOIN events ON event < moment GROUP BY moment, of_id
),
active AS (
  SELECT moments.moment, orders.*
  FROM moments
  JOIN orders ON created < moment AND (finished IS NULL OR finished >= moment)
  LEFT JOIN last_events ON last_events.moment = moments.moment AND last_events.id = orders.id
  WHERE greatest(created, event) >= moments.moment - interval '180 days'
),
leads AS (
  SELECT moment, produto_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY lead_hours) AS hours
  FROM moments JOIN orders ON finished < moment AND lead_hours >= 0
  GROUP BY GROUPING SETS ((moment, produto_id), (moment))
  HAVING grouping(produto_id) = 1 OR produto_id IS NOT NULL
),
answers AS (
  SELECT
    active.moment, finished,
    greatest(active.moment, created + coalesce(own.hours, every.hours) * interval '1 hour') AS naive
  FROM active
  LEFT JOIN leads AS own ON own.moment = active.moment AND own.produto_id = active.produto_id
  LEFT JOIN leads AS every ON every.moment = active.moment AND every.produto_id IS NULL
),
months AS (
  SELECT
    coalesce(to_char(moment AT TIME ZONE 'Europe/Lisbon', 'YYYY-MM'), 'overall') AS month, count(*)::float8 AS active,
    count(finished)::float8 AS finished,
    avg(abs(extract(epoch FROM naive - finished)) / 86400)::float8 AS mae,
    avg(extract(epoch FROM naive - finished) / 86400)::float8 AS bias
  FROM answers GROUP BY GROUPING SETS ((moment), ())
)
SELECT name || ' of ' || month AS figure, value
FROM months, LATERAL (
  VALUES ('active', active), ('finished', finished), ('naive_mae_days', mae), ('naive_bias_days', bias)
) AS figures (name, value)
