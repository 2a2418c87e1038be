-- For each order with a position at a base: by when which share of the comparable cases had ended, given that they end (Kaplan
-- and Meier). Comparable by kernels on age and stay (level 1), three times as wide (2), by the phase alone (3), or all in work (4),
-- whichever first has 20 finished cases, as an effective number.
CREATE TEMP TABLE curves AS
WITH asked AS MATERIALIZED (
  SELECT look AS base, positions.id, phase, age, stay, orders.produto_id, family, line
  FROM positions JOIN orders USING (id) LEFT JOIN families ON families.produto_id = orders.produto_id
  WHERE look = 13 OR look = 0 AND NOT is_closed
),
pairs AS MATERIALIZED (
  SELECT
    base, asked.id, cases.id AS other, duration, has_ended,
    recency * CASE
      WHEN cases.produto_id = asked.produto_id THEN 8
      WHEN cases.family = asked.family THEN 3
      WHEN cases.line = asked.line THEN 1.5
      ELSE 0.3
    END::float8 AS affinity,
    ((cases.age - asked.age) / 0.6) ^ 2 + CASE WHEN phase = -1 THEN 0 ELSE (cases.stay - asked.stay) ^ 2 END AS distance
  FROM asked JOIN cases USING (base, phase)
),
weighed AS MATERIALIZED (
  SELECT
    *, CASE WHEN distance <= 16 THEN affinity * exp(-distance / 2) END AS near,
    CASE WHEN distance <= 144 THEN affinity * exp(-distance / 18) END AS wide
  FROM pairs
),
effective AS (
  SELECT
    base, id, sum(near) ^ 2 / sum(near ^ 2) AS near, sum(wide) ^ 2 / sum(wide ^ 2) AS wide,
    sum(affinity) ^ 2 / sum(affinity ^ 2) AS all_of_phase
  FROM weighed WHERE has_ended GROUP BY base, id
),
levels AS (
  SELECT
    base, asked.id, phase,
    CASE
      WHEN effective.near >= 20 THEN 1
      WHEN effective.wide >= 20 THEN 2
      WHEN all_of_phase >= 20 OR all_of_phase > 0 AND phase = -1 THEN 3
      ELSE 4
    END AS level
  FROM asked LEFT JOIN effective USING (base, id)
),
compared AS (
  SELECT base, id, phase, other, duration, has_ended, CASE level WHEN 1 THEN near WHEN 2 THEN wide ELSE affinity END AS weight
  FROM levels JOIN weighed USING (base, id)
  WHERE level < 4
  UNION ALL
  SELECT
    base, asked.id, asked.phase, cases.id, duration, has_ended,
    recency * CASE
      WHEN cases.produto_id = asked.produto_id THEN 8
      WHEN cases.family = asked.family THEN 3
      WHEN cases.line = asked.line THEN 1.5
      ELSE 0.3
    END
  FROM levels JOIN asked USING (base, id) JOIN cases USING (base)
  WHERE level = 4 AND cases.phase <> -1
),
counted AS (
  SELECT base, id, phase, other, duration, has_ended, weight, sum(weight) OVER own - sum(weight) OVER until + weight AS at_risk
  FROM compared
  WHERE weight IS NOT NULL
  WINDOW own AS (PARTITION BY base, id), until AS (own ORDER BY duration, has_ended DESC, other)
),
remaining AS (
  SELECT
    base, id, phase, duration, has_ended,
    exp(sum(CASE WHEN has_ended THEN ln(greatest(1 - weight / at_risk, 1e-300)) ELSE 0 END) OVER (
      PARTITION BY base, id ORDER BY duration, has_ended DESC, other
    )) AS remaining
  FROM counted
)
SELECT base, id, phase, duration, (1 - remaining) / (1 - min(remaining) OVER (PARTITION BY base, id)) AS share
FROM remaining WHERE has_ended
