-- When each active order will be finished, seconds since 1970: half of the comparable cases had ended by then (p50), and the
-- share (p80) by which 80 % of the orders active half a year ago were, to the next hundredth, those that had not started work and
-- the others apart. $1 orders whose estimates come from elsewhere.
WITH outcomes AS (
  SELECT
    positions.phase = -1 AS is_waiting,
    CASE
      WHEN finished < (SELECT min(moment) FROM positions WHERE look = 0) THEN coalesce((
        SELECT max(share) FROM curves
        WHERE base = 13 AND curves.id = positions.id AND duration <= finished - moment
      ), 0)
      ELSE 'Infinity'
    END AS share
  FROM positions
  WHERE look = 13 AND EXISTS (SELECT FROM curves WHERE base = 13 AND curves.id = positions.id)
),
promises AS (
  SELECT is_waiting, min(level) AS level
  FROM (
    SELECT is_waiting, hundredth / 100.0::float8 AS level
    FROM outcomes, generate_series(50, 98) AS hundredth
    GROUP BY is_waiting, hundredth
    HAVING count(*) FILTER (WHERE share <= hundredth / 100.0::float8) >= 0.8 * count(*) AND count(*) >= 50
    UNION ALL
    SELECT is_waiting, CASE WHEN count(*) < 50 THEN 0.8 ELSE 0.99 END FROM outcomes GROUP BY is_waiting
  ) AS kept
  GROUP BY is_waiting
),
estimates AS (
  SELECT
    curves.id, min(duration) FILTER (WHERE share >= 0.5 - 1e-9) AS p50,
    min(duration) FILTER (WHERE share >= coalesce(level, 0.8) - 1e-9) AS p80
  FROM curves LEFT JOIN promises ON is_waiting = (phase = -1)
  WHERE base = 0
  GROUP BY curves.id
)
SELECT name || ' of ' || id AS figure, floor(moment + value) AS value
FROM estimates JOIN positions USING (id), LATERAL (VALUES ('p50', p50), ('p80', p80)) AS figures (name, value)
WHERE look = 0 AND id <> ALL ($1::bigint[])
