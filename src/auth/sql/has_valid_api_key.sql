-- Whether there is any key that counts.
-- $1 now
SELECT EXISTS (
  SELECT FROM ops.api_keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)) AS present
