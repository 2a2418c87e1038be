-- Held by the session that works beside a load's own: a killed process may be gone before its statement is.
SELECT pg_advisory_lock(7305150003)
