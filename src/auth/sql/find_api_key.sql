-- The key with this hash that counts at this moment.
-- $1 SHA-256 of the key, $2 now
SELECT key_id, name, scopes, key_hash, expires_at
  FROM ops.api_keys
 WHERE key_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
