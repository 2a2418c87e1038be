SELECT identity
  FROM ops.database_identity
