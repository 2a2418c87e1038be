-- Revokes every key of a name, one that was replaced and still counts included.
-- $1 name, $2 now
UPDATE ops.api_keys SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL RETURNING key_id
