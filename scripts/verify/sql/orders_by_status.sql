-- Orders by status, with the estimates that the service serves: $1 orders, $2 when each is estimated to be finished.
WITH estimates AS (
  SELECT id, eta FROM unnest($1::bigint[], $2::timestamptz[]) AS estimate (id, eta) WHERE eta IS NOT NULL
),
judged AS (
  SELECT
    orders.*,
    CASE
      WHEN is_closed THEN 'DONE'
      WHEN due_day < today THEN 'LATE'
      WHEN (eta AT TIME ZONE 'Europe/Lisbon')::date > due_day THEN 'AT_RISK'
      WHEN has_started THEN 'IN_PROGRESS'
      ELSE 'CREATED'
    END AS status
  FROM orders LEFT JOIN estimates USING (id), clock
)
SELECT 'orders' AS figure, count(*)::float8 AS value FROM judged
UNION ALL
SELECT 'status ' || name, count(judged.id)
FROM unnest(ARRAY['DONE', 'LATE', 'AT_RISK', 'IN_PROGRESS', 'CREATED']) AS name LEFT JOIN judged ON status = name
GROUP BY name
UNION ALL
SELECT 'dormant', count(*) FROM judged WHERE is_dormant
UNION ALL
SELECT 'not in the catalogue', count(*) FROM judged
WHERE produto_id IS NULL OR produto_id NOT IN (
  SELECT produto_id FROM staging.modelos_raw WHERE NOT is_duplicate AND reject_code IS NULL
)
