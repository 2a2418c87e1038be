-- Active orders with a due day and a product, by how near the due day is to that of the data clock.
SELECT bucket AS figure, count(due_day)::float8 AS value
FROM unnest(ARRAY['OVERDUE', 'DUE_7D', 'DUE_14D', 'SAFE']) AS bucket
LEFT JOIN (
  SELECT
    due_day,
    CASE
      WHEN due_day < today THEN 'OVERDUE'
      WHEN due_day <= today + 7 THEN 'DUE_7D'
      WHEN due_day <= today + 14 THEN 'DUE_14D'
      ELSE 'SAFE'
    END AS bucket
  FROM orders, clock
  WHERE is_active AND due_day IS NOT NULL AND produto_id IS NOT NULL
) AS due USING (bucket)
GROUP BY bucket
