-- Gives the filled months $1 (dates) the indexes of core's.
SELECT core.index_fases_build($1::date[])
