-- What estimates are compared with, for those made now (base 0) and half a year ago (base 13): the orders seen at the 26 looks
-- before, with the time each then took, or has taken without an end. Orders without an end that have fallen asleep are none.
CREATE TEMP TABLE cases AS
WITH bases AS (
  SELECT look AS base, min(moment) AS moment FROM positions WHERE look IN (0, 13) GROUP BY look
)
SELECT
  base, seen.id, seen.phase, seen.age, seen.stay, exp(-(seen.look - base) * 14 / 400.0::float8) AS recency,
  coalesce(seen.finished < bases.moment, false) AS has_ended,
  CASE WHEN seen.finished < bases.moment THEN seen.finished ELSE bases.moment END - seen.moment AS duration,
  orders.produto_id, family, line
FROM bases
JOIN positions AS seen ON seen.look BETWEEN base + 1 AND base + 26
JOIN orders ON orders.id = seen.id
LEFT JOIN families ON families.produto_id = orders.produto_id
WHERE seen.finished < bases.moment OR EXISTS (SELECT FROM positions AS awake WHERE awake.look = base AND awake.id = seen.id)
