-- Gives the load's lock back.
SELECT pg_advisory_unlock(7305150002)
