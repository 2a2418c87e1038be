-- $1 a new identity: kept only where there is none
INSERT INTO ops.database_identity (identity)
VALUES ($1)
ON CONFLICT (only_row) DO NOTHING
