-- The key of this name that is neither revoked nor replaced, kept from changing until the transaction ends.
-- $1 name
SELECT key_id, scopes
  FROM ops.api_keys
 WHERE name = $1 AND revoked_at IS NULL AND superseded_at IS NULL
   FOR UPDATE
