-- Makes the monthly partition of $1 (a date) unless it exists.
SELECT core.ensure_fases_partition($1::date) AS created
