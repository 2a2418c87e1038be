-- Makes the findings of run $1 readable.
SELECT ops.finish_issues($1::bigint)
