-- Takes away the snapshots of days from $1 on, and of those outside $2 (the first finish) to $3 (the day of the data clock,
-- which goes back where its last event was a typing error); all where no order was ever finished.
DELETE FROM analytics.kpi_snapshots
WHERE $2::date IS NULL OR day >= $1::date OR day < $2::date OR day > $3::date
