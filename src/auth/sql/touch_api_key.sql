-- Records that a key was used, unless another process has done so within the last minute.
-- $1 key_id, $2 now
UPDATE ops.api_keys
   SET last_used_at = $2
 WHERE key_id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')
