-- Takes away the snapshots of days from $1 on, and of those before the first finish $2; all where both are null.
DELETE FROM analytics.kpi_snapshots
WHERE $1::date IS NULL OR day >= $1::date OR day < $2::date
