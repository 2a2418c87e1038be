-- Moves the filled months $1 (dates) to core and attaches them.
SELECT core.finish_fases_build($1::date[])
