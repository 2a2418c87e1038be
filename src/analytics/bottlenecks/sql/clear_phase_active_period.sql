-- Forgets the active periods of the load before.
DELETE FROM analytics.phase_active_period
