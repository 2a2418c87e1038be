-- Identifiers: core, first_key
SELECT count(*) AS rows FROM core.{{core}}
