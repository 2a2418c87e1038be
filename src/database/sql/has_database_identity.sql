-- False before the migration that makes the table
SELECT to_regclass('ops.database_identity') IS NOT NULL AS present
