-- Takes the filled months $1 (dates) apart, so that each can get its indexes by itself.
SELECT core.part_fases_build($1::date[])
