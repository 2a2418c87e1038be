-- Forgets the figures of the load before.
DELETE FROM analytics.kpi_default_window
