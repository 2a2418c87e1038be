-- Waits for the one lock of whoever writes core or what follows from it, and keeps it until the transaction ends.
SELECT pg_advisory_xact_lock(7305150004)
