-- Forgets the scores of the load before.
DELETE FROM analytics.phase_bottleneck
