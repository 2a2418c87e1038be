-- Held by the sessions that work beside a load's own: a killed process may be gone before its statements are.
SELECT pg_advisory_lock_shared(7305150003)
