-- The work in process by phase type: pieces, ages in hours, and the earliest start (seconds of the epoch).
WITH groups AS (
  SELECT
    fase_id, count(*)::float8 AS pieces, avg(age_hours) AS mean, extract(epoch FROM min(inicio))::float8 AS oldest,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY age_hours) AS p50,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY age_hours) AS p90
  FROM wip GROUP BY fase_id
)
SELECT name || ' of ' || fase_id AS figure, value
FROM groups, LATERAL (
  VALUES ('wip_count', pieces), ('p50_age_hours', p50), ('p90_age_hours', p90), ('avg_age_hours', mean), ('oldest', oldest)
) AS figures (name, value)
UNION ALL
SELECT 'total', count(*) FROM wip
