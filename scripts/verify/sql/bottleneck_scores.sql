-- The score of each phase type at which something stands, from 90th percentiles of ages (seconds) and orders there, against the medians
-- of the same at the twelve moments 30 days apart before, by the events up to each; and the score of the moment 30 days before.
WITH moments AS (
  SELECT step, as_of - step * interval '720 hours' AS moment FROM clock, generate_series(0, 13) AS step
),
alive AS (
  SELECT step, moment, id, created
  FROM moments JOIN orders ON created <= moment AND NOT (is_closed AND coalesce(finished, last_event) <= moment)
),
routes AS (
  SELECT phases.*, row_number() OVER (PARTITION BY of_id ORDER BY sequencia NULLS LAST, id) AS place FROM phases
),
known AS (
  SELECT
    step, moment, alive.id, created, fase_id, place, inicio, fim, coalesce(inicio <= moment, false) AS has_begun,
    coalesce(fim <= moment, false) AS has_ended
  FROM alive LEFT JOIN routes ON routes.of_id = alive.id
),
judged AS (
  SELECT
    *,
    greatest(created, max(inicio) FILTER (WHERE has_begun) OVER own, max(fim) FILTER (WHERE has_ended) OVER own)
      >= moment - interval '4320 hours' AS is_active,
    coalesce(max(place) FILTER (WHERE has_begun OR has_ended) OVER own, 0) AS last_place,
    bool_or(has_begun AND NOT has_ended) OVER own AS has_open,
    coalesce(max(fim) FILTER (WHERE has_ended) OVER own, created) AS waits_since
  FROM known
  WINDOW own AS (PARTITION BY step, id)
),
next AS (
  SELECT DISTINCT ON (step, id) step, fase_id, extract(epoch FROM moment - waits_since)::float8 AS wait
  FROM judged
  WHERE is_active AND NOT has_open AND place > last_place
  ORDER BY step, id, place
),
standing AS (
  SELECT step, fase_id, extract(epoch FROM moment - inicio)::float8 AS age, NULL::float8 AS wait
  FROM judged WHERE is_active AND has_begun AND NOT has_ended
  UNION ALL
  SELECT step, fase_id, NULL, wait FROM next
),
states AS (
  SELECT
    step, fase_id, count(*)::float8 AS orders, percentile_cont(0.9) WITHIN GROUP (ORDER BY age) AS age,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY wait) AS wait
  FROM standing GROUP BY step, fase_id
),
usual AS (
  SELECT
    scored.step, scored.fase_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY coalesce(past.orders, 0)) AS orders,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY past.age) AS age, percentile_cont(0.5) WITHIN GROUP (ORDER BY past.wait) AS wait
  FROM states AS scored
  JOIN (SELECT DISTINCT step FROM states) AS earlier ON earlier.step BETWEEN scored.step + 1 AND scored.step + 12
  LEFT JOIN states AS past ON past.step = earlier.step AND past.fase_id = scored.fase_id
  WHERE scored.step <= 1
  GROUP BY scored.step, scored.fase_id
),
parts AS (
  SELECT
    states.step, states.fase_id, states.orders, usual.orders AS usual_orders,
    coalesce(floor(10000 * states.age / (states.age + greatest(coalesce(usual.age, 86400), 86400)) + 0.5) / 100, 0) AS age_part,
    floor(10000 * states.orders / (states.orders + greatest(coalesce(usual.orders, 1), 1)) + 0.5) / 100 AS load_part,
    coalesce(floor(10000 * states.wait / (states.wait + greatest(coalesce(usual.wait, 86400), 86400)) + 0.5) / 100, 0) AS wait_part
  FROM states LEFT JOIN usual USING (step, fase_id)
  WHERE states.step <= 1
),
scores AS (
  SELECT *, floor((0.4 * age_part + 0.35 * load_part + 0.25 * wait_part) * orders / (orders + 5) * 100 + 0.5) / 100 AS score
  FROM parts
)
SELECT name || ' of ' || now.fase_id AS figure, value
FROM scores AS now LEFT JOIN scores AS earlier ON earlier.step = 1 AND earlier.fase_id = now.fase_id, LATERAL (
  VALUES
    ('bottleneck_score', now.score), ('wip_age', now.age_part), ('load', now.load_part), ('queue_age', now.wait_part),
    ('usual_orders', now.usual_orders),
    (
      'score_30_days_before',
      CASE WHEN EXISTS (SELECT FROM states WHERE step = 1) THEN coalesce(earlier.score, 0) END
    )
) AS figures (name, value)
WHERE now.step = 0
