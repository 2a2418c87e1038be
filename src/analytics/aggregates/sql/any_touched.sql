-- Whether the load touches any order at all.
SELECT EXISTS (SELECT FROM touched_orders) AS any
