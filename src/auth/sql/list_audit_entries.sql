-- The latest entries, newest first.
-- $1 how many at most, $2 actor or null for all, $3 from when or null
SELECT audit_id, at, actor, scope, action, target, ip, correlation_id, outcome, status, duration_ms
  FROM ops.audit_log
 WHERE ($2::text IS NULL OR actor = $2) AND ($3::timestamptz IS NULL OR at >= $3)
 ORDER BY audit_id DESC
 LIMIT $1
