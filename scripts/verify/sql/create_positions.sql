-- Where each order stood at 40 moments two weeks apart, the last of them a second after the data clock (look 0), by the events
-- before: the type of the last phase of its route that work had started at (-1: none; phases that the system enters by itself are no
-- work), and the logarithms of its age and of the time since its last event, in days and half a day. Not finished, and not
-- without an event for 180 days. Times are seconds since 1970.
CREATE TEMP TABLE positions AS
WITH moments AS (
  SELECT look, extract(epoch FROM as_of)::float8 + 1 - look * 14 * 86400 AS moment
  FROM clock, generate_series(0, 39) AS look
),
lives AS (
  SELECT id, extract(epoch FROM created)::float8 AS created, extract(epoch FROM finished)::float8 AS finished FROM orders
),
routes AS (
  SELECT
    phases.of_id, phases.fase_id, extract(epoch FROM inicio)::float8 AS began, extract(epoch FROM fim)::float8 AS ended,
    row_number() OVER (PARTITION BY phases.of_id ORDER BY sequencia NULLS LAST, phases.id) AS place,
    coalesce(tipo.fase_automatica = 1, false) AS is_automatic
  FROM phases
  JOIN staging.fases_catalogo_raw AS tipo
    ON tipo.fase_id = phases.fase_id AND NOT tipo.is_duplicate AND tipo.reject_code IS NULL
),
seen AS (
  SELECT
    look, moment, id, created, finished,
    greatest(created, max(began) FILTER (WHERE began < moment), max(ended) FILTER (WHERE ended < moment)) AS last_event,
    (array_agg(fase_id ORDER BY place DESC) FILTER (
      WHERE NOT is_automatic AND (began < moment OR began IS NULL AND ended < moment)
    ))[1] AS fase_id
  FROM moments
  JOIN lives ON created < moment AND (finished IS NULL OR finished >= moment)
  LEFT JOIN routes ON routes.of_id = lives.id AND (began < moment OR ended < moment)
  GROUP BY look, moment, id, created, finished
)
SELECT
  look, moment, id, finished, coalesce(fase_id, -1) AS phase,
  ln((moment - created) / 86400 + 0.5) AS age, ln((moment - last_event) / 86400 + 0.5) AS stay
FROM seen
WHERE last_event >= moment - 180 * 86400
