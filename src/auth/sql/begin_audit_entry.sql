-- Records a call before it is let through, or one that is not.
-- $1 now, $2 actor, $3 key_id or null, $4 scope, $5 action, $6 target, $7 IP, $8 correlation id, $9 outcome, $10 status or null
INSERT INTO ops.audit_log (at, actor, key_id, scope, action, target, ip, correlation_id, outcome, status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING audit_id
