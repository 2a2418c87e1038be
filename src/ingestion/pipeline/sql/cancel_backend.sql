-- Cancels what the session of process $1 is executing.
SELECT pg_cancel_backend($1)
