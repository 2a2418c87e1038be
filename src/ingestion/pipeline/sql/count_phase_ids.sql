-- The phases of core and their distinct ids: equal, or a phase stands in two months.
SELECT count(*) AS rows, count(DISTINCT faseof_id) AS ids FROM core.fases_ordem_fabrico
