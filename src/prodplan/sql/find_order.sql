-- Whether an order exists: one row when it does.
-- $1 of_id
SELECT of_id FROM core.ordens_fabrico WHERE of_id = $1::bigint
