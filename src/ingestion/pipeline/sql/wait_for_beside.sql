-- Waits for the session that holds the lock of lock_beside.sql, if any.
SELECT pg_advisory_xact_lock(7305150003)
