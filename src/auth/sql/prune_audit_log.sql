-- Forgets what is older than the log is kept.
-- $1 the moment before which entries go
DELETE FROM ops.audit_log WHERE at < $1
