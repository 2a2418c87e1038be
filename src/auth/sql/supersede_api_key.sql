-- Ends a key that another one replaces, at the latest when it would have ended anyway.
-- $1 key_id, $2 now, $3 when it stops to count
UPDATE ops.api_keys
   SET superseded_at = $2, expires_at = LEAST(expires_at, $3)
 WHERE key_id = $1
