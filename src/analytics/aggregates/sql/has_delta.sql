-- Whether this transaction has collected, before the merge, what touched rows contributed.
SELECT to_regclass('pg_temp.scope_finishes') IS NOT NULL AS present
