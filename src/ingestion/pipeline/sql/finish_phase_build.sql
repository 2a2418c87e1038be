-- Attaches the filled months $1 (dates) to core.
SELECT core.finish_fases_build($1::date[])
