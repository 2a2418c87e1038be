-- Forgets the state of the load before.
DELETE FROM analytics.phase_now
