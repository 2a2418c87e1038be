-- What stood at every phase type at given moments, from the events up to each moment alone: the open phases (WIP) and
-- the queue of the orders that were active then. A phase type with neither has no row.
-- An order closed without a finish date counts as closed from its last recorded event on.
-- $1 moments  $2 days without an event after which an order is dormant
WITH moments AS MATERIALIZED (
  SELECT DISTINCT unnest($1::timestamptz[]) AS moment
), alive AS MATERIALIZED (
  SELECT m.moment, o.of_id, o.of_data_criacao AS created
  FROM moments m
  CROSS JOIN core.ordens_fabrico o
  JOIN core.ordens_estado e ON e.of_id = o.of_id
  WHERE o.of_data_criacao <= m.moment
    AND (NOT e.is_closed OR coalesce(o.of_data_acabamento, e.last_event_at) > m.moment)
), phases AS MATERIALIZED (
  SELECT p.faseof_of_id AS of_id, p.faseof_fase_id AS fase_id, p.faseof_inicio AS inicio, p.faseof_fim AS fim,
    row_number() OVER (PARTITION BY p.faseof_of_id ORDER BY p.faseof_sequencia NULLS LAST, p.faseof_id) AS place
  FROM core.fases_ordem_fabrico p
  WHERE p.faseof_of_id IN (SELECT of_id FROM alive)
), standing AS MATERIALIZED (
  SELECT a.moment, a.of_id,
    greatest(a.created, max(p.inicio) FILTER (WHERE p.inicio <= a.moment),
      max(p.fim) FILTER (WHERE p.fim <= a.moment)) AS last_event_at,
    coalesce(max(p.fim) FILTER (WHERE p.fim <= a.moment), a.created) AS waits_since,
    coalesce(max(p.place) FILTER (WHERE p.inicio <= a.moment OR p.fim <= a.moment), 0) AS last_started,
    coalesce(bool_or(p.inicio <= a.moment AND (p.fim IS NULL OR p.fim > a.moment)), false) AS has_open
  FROM alive a
  LEFT JOIN phases p ON p.of_id = a.of_id
  GROUP BY a.moment, a.of_id, a.created
), active AS MATERIALIZED (
  SELECT * FROM standing WHERE last_event_at >= moment - $2::integer * interval '24 hours'
), wip AS (
  SELECT a.moment, p.fase_id, count(*) AS wip_count, min(p.inicio) AS oldest_inicio,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.moment - p.inicio)::float8) AS p50,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM a.moment - p.inicio)::float8) AS p90,
    avg(extract(epoch FROM a.moment - p.inicio))::float8 AS mean
  FROM active a
  JOIN phases p ON p.of_id = a.of_id
  WHERE a.has_open AND p.inicio <= a.moment AND (p.fim IS NULL OR p.fim > a.moment)
  GROUP BY a.moment, p.fase_id
), waiting AS (
  SELECT DISTINCT ON (a.moment, a.of_id) a.moment, p.fase_id,
    extract(epoch FROM a.moment - a.waits_since) AS age
  FROM active a
  JOIN phases p ON p.of_id = a.of_id AND p.place > a.last_started
  WHERE NOT a.has_open
    AND (p.inicio IS NULL OR p.inicio > a.moment) AND (p.fim IS NULL OR p.fim > a.moment)
  ORDER BY a.moment, a.of_id, p.place
), queue AS (
  SELECT moment, fase_id, count(*) AS queue_size,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY age::float8) AS p50,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY age::float8) AS p90,
    avg(age)::float8 AS mean
  FROM waiting
  GROUP BY moment, fase_id
)
SELECT moment, fase_id, coalesce(wip_count, 0) AS wip_count, wip.p50 AS wip_age_p50_seconds,
  wip.p90 AS wip_age_p90_seconds, wip.mean AS wip_age_avg_seconds, oldest_inicio,
  coalesce(queue_size, 0) AS queue_size, queue.p50 AS queue_age_p50_seconds, queue.p90 AS queue_age_p90_seconds,
  queue.mean AS queue_age_avg_seconds
FROM wip
FULL JOIN queue USING (moment, fase_id)
ORDER BY moment, fase_id
