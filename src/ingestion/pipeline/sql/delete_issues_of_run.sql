-- Forgets the findings of run $1.
SELECT ops.drop_issues($1::bigint)
