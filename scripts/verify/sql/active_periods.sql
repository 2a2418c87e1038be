-- The active-period method over the 90 days before the data clock. A phase type is active while an execution of it goes
-- on; the bottleneck is what is active longest without a break, and hands over at its end to the longest one then going
-- on. Where two of these overlap it is shifting, else one is it alone. Percent of the window.
WITH RECURSIVE bounds AS (
  SELECT as_of - interval '2160 hours' AS begins, as_of AS ends, 90 * 86400 / 100.0 AS hundredth FROM clock
),
terminal AS (
  SELECT fase_id FROM staging.fases_catalogo_raw
  WHERE NOT is_duplicate AND reject_code IS NULL AND fase_nome IN (
    'Entregue', 'Embalado', 'Armazem', 'Armazem 2ª escolha', 'Em Uso', 'Para Abate', 'Abatido', 'Lixo', 'Reutilizado'
  )
),
executions AS (
  SELECT fase_id, greatest(inicio, begins) AS start, least(fim, ends) AS stop
  FROM phases, bounds
  WHERE seconds > 0 AND fim > begins AND inicio < ends AND fase_id NOT IN (SELECT fase_id FROM terminal)
),
reached AS (
  SELECT
    fase_id, start, stop,
    max(stop) OVER (PARTITION BY fase_id ORDER BY start, stop ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM executions
),
numbered AS (
  SELECT *, count(*) FILTER (WHERE before IS NULL OR start > before) OVER (PARTITION BY fase_id ORDER BY start, stop) AS period
  FROM reached
),
periods AS (
  SELECT fase_id, min(start) AS start, max(stop) AS stop FROM numbered GROUP BY fase_id, period
),
chain AS (
  SELECT NULL::bigint AS fase_id, NULL::timestamptz AS start, '-infinity'::timestamptz AS stop
  UNION ALL
  SELECT next.fase_id, next.start, next.stop
  FROM chain, LATERAL (
    SELECT * FROM periods
    WHERE stop > chain.stop AND start <= greatest(chain.stop, (SELECT min(start) FROM periods WHERE stop > chain.stop))
    ORDER BY stop - start DESC, start, fase_id
    LIMIT 1
  ) AS next
),
edges AS (
  SELECT edge, lead(edge) OVER (ORDER BY edge) AS next_edge
  FROM (SELECT start AS edge FROM chain WHERE start IS NOT NULL UNION SELECT stop FROM chain WHERE start IS NOT NULL) AS each
),
covered AS (
  SELECT DISTINCT edge, next_edge, fase_id
  FROM edges JOIN chain ON chain.start <= edge AND edge < chain.stop
  WHERE next_edge IS NOT NULL
),
counted AS (
  SELECT *, count(*) OVER (PARTITION BY edge) AS types, extract(epoch FROM next_edge - edge) / hundredth AS percent
  FROM covered, bounds
),
parts AS (
  SELECT
    fase_id, coalesce(sum(percent) FILTER (WHERE types = 1), 0) AS sole,
    coalesce(sum(percent) FILTER (WHERE types > 1), 0) AS shifting
  FROM counted GROUP BY fase_id
),
active AS (
  SELECT fase_id, sum(extract(epoch FROM stop - start) / hundredth) AS percent FROM periods, bounds GROUP BY fase_id
),
counts AS (
  SELECT fase_id, count(*) AS executions FROM executions GROUP BY fase_id
)
SELECT name || ' of ' || fase_id AS figure, value::float8 AS value
FROM counts JOIN active USING (fase_id) LEFT JOIN parts USING (fase_id), LATERAL (
  VALUES
    ('executions', executions), ('active_pct', percent), ('sole_pct', coalesce(sole, 0)),
    ('shifting_pct', coalesce(shifting, 0))
) AS figures (name, value)
