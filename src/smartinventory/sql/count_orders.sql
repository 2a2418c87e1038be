-- How many orders there are. No parameters.
SELECT count(*) AS orders FROM core.ordens_fabrico
