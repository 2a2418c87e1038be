-- Stores a new key.
-- $1 name, $2 prefix, $3 last four characters, $4 SHA-256 of the key, $5 scopes, $6 now, $7 when it expires or null
INSERT INTO ops.api_keys (name, prefix, last_four, key_hash, scopes, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING key_id
