-- Waits at most $1 (an interval as text) for the session that holds the lock of lock_beside.sql, if any.
SELECT set_config('lock_timeout', $1, true), pg_advisory_xact_lock(7305150003)
