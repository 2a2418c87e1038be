-- Takes the lock that one load at a time holds, for the session.
SELECT pg_try_advisory_lock(7305150002) AS locked
