-- Every key there ever was, newest first.
SELECT key_id, name, prefix, last_four, scopes, created_at, expires_at, last_used_at, superseded_at, revoked_at
  FROM ops.api_keys
 ORDER BY key_id DESC
