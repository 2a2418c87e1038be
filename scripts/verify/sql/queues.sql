-- What stands at each phase type: open phases, and active orders without one whose next phase is of the type. The next
-- phase is the first that has no date after the last that has; its wait counts from the order's last end, else creation.
WITH last_done AS (
  SELECT DISTINCT ON (of_id) of_id, sequencia, id FROM phases WHERE NOT is_pending ORDER BY of_id, sequencia DESC, id DESC
),
ends AS (
  SELECT of_id, max(fim) AS last_end FROM phases GROUP BY of_id
),
next AS (
  SELECT DISTINCT ON (phases.of_id) phases.of_id, phases.fase_id
  FROM phases LEFT JOIN last_done ON last_done.of_id = phases.of_id
  WHERE phases.is_pending AND (last_done.id IS NULL OR (phases.sequencia, phases.id) > (last_done.sequencia, last_done.id))
  ORDER BY phases.of_id, phases.sequencia, phases.id
),
queued AS (
  SELECT next.fase_id, extract(epoch FROM as_of - coalesce(last_end, created))::float8 / 3600 AS wait
  FROM orders JOIN next ON next.of_id = orders.id LEFT JOIN ends ON ends.of_id = orders.id, clock
  WHERE is_active AND orders.id NOT IN (SELECT of_id FROM wip)
),
queues AS (
  SELECT
    fase_id, count(*)::float8 AS queue_size, avg(wait) AS mean,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY wait) AS p90
  FROM queued GROUP BY fase_id
),
standing AS (
  SELECT fase_id, count(*)::float8 AS pieces, percentile_cont(0.9) WITHIN GROUP (ORDER BY age_hours) AS p90_age
  FROM wip GROUP BY fase_id
)
SELECT name || ' of ' || fase_id AS figure, value
FROM queues FULL JOIN standing USING (fase_id), LATERAL (
  VALUES
    ('wip_count', coalesce(pieces, 0)), ('p90_age_hours', coalesce(p90_age, 0)), ('queue_size', coalesce(queue_size, 0)),
    ('avg_wait_hours', mean), ('fila_horas', p90)
) AS figures (name, value)
