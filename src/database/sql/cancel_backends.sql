-- Cancels what these sessions of ours run; one that has ended meanwhile, or runs nothing, is no error.
-- $1 pids
SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = ANY ($1::int[]) AND usename = current_user
