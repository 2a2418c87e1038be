-- Makes the months $1 (dates) as tables of staging, to be filled before they join core.
SELECT core.begin_fases_build($1::date[])
