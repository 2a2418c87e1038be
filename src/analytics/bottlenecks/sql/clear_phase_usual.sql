-- Forgets the usual durations of the load before.
DELETE FROM analytics.phase_usual
