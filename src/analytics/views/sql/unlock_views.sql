-- Gives the lock of the views back.
SELECT pg_advisory_unlock(7305150005)
