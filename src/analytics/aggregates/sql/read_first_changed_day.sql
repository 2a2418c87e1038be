-- The first day whose finished orders are others than before, or say something else; null where there is none.
SELECT min(day)::text AS day
FROM (
  SELECT day
  FROM scope_finishes
  GROUP BY of_id, day, due_day, lead_time_seconds
  HAVING sum(sign) <> 0
) AS changed
