-- Waits until no other process refreshes the views, and keeps it so until unlock_views.sql.
SELECT pg_advisory_lock(7305150005)
