-- Adds how a call ended.
-- $1 audit_id, $2 outcome, $3 status or null, $4 milliseconds
UPDATE ops.audit_log SET outcome = $2, status = $3, duration_ms = $4 WHERE audit_id = $1
