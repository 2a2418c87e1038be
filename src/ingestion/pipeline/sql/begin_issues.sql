-- Makes the place for the findings of run $1.
SELECT ops.begin_issues($1::bigint)
