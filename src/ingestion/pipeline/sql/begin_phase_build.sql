-- Makes the months $1 (dates) as a table of their own, to be filled before they join core.
SELECT core.begin_fases_build($1::date[])
