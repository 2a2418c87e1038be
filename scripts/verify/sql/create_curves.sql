-- For each order with a position at a base: by when which share of the comparable cases had ended, given that they end (Kaplan
-- and Meier). Comparable by kernels on age and stay, three times as wide, by the phase alone, or all in work, whichever first has
-- 20 finished cases, as an effective number.
CREATE TEMP TABLE curves AS
WITH asked AS (
  SELECT positions.*, orders.produto_id, family, line
  FROM positions
  JOIN orders USING (id)
  LEFT JOIN families ON families.produto_id = orders.produto_id
  WHERE look = 13 OR look = 0 AND NOT is_closed
),
pairs AS (
  SELECT
    base, asked.id, asked.phase, cases.id AS other, duration, has_ended, asked.phase = cases.phase AS is_same_phase,
    recency * CASE
      WHEN cases.produto_id = asked.produto_id THEN 8
      WHEN cases.family = asked.family THEN 3
      WHEN cases.line = asked.line THEN 1.5
      ELSE 0.3
    END::float8 AS affinity,
    ((cases.age - asked.age) / 0.6) ^ 2 + CASE WHEN asked.phase = -1 THEN 0 ELSE (cases.stay - asked.stay) ^ 2 END AS distance
  FROM asked JOIN cases ON base = look AND (cases.phase = asked.phase OR cases.phase <> -1)
),
weighed AS (
  SELECT
    base, id, phase, other, duration, has_ended, level,
    CASE level WHEN 1 THEN affinity * exp(-distance / 2) WHEN 2 THEN affinity * exp(-distance / 18) ELSE affinity END AS weight
  FROM pairs CROSS JOIN generate_series(1, 4) AS level
  WHERE CASE level
    WHEN 1 THEN is_same_phase AND distance <= 16
    WHEN 2 THEN is_same_phase AND distance <= 144
    WHEN 3 THEN is_same_phase
    ELSE phase <> -1 OR NOT is_same_phase
  END
),
levels AS (
  SELECT base, id, min(level) AS level
  FROM (
    SELECT base, id, phase, level, sum(weight) ^ 2 / sum(weight ^ 2) AS effective
    FROM weighed WHERE has_ended GROUP BY base, id, phase, level
  ) AS counted
  WHERE effective >= 20 OR level = 3 AND phase = -1 OR level = 4
  GROUP BY base, id
),
at_risk AS (
  SELECT
    base, id, phase, other, duration, has_ended, weight,
    sum(weight) OVER (PARTITION BY base, id ORDER BY duration DESC, has_ended, other DESC) AS at_risk
  FROM weighed JOIN levels USING (base, id, level)
),
remaining AS (
  SELECT
    base, id, phase, duration,
    exp(sum(ln(greatest(1 - weight / at_risk, 1e-300))) OVER (PARTITION BY base, id ORDER BY duration, other)) AS remaining
  FROM at_risk WHERE has_ended
)
SELECT base, id, phase, duration, (1 - remaining) / (1 - min(remaining) OVER (PARTITION BY base, id)) AS share FROM remaining
