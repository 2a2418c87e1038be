-- The orders that an estimate is owed: the active ones.
SELECT 'orders' AS figure, count(*)::float8 AS value FROM orders WHERE is_active
