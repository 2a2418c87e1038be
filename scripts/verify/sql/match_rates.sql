-- Match rates over every row as extracted, quarantined and repeated ones included.
SELECT 'employee_productivity' AS figure, count(phase.id)::float8 / count(*) AS value
FROM (SELECT DISTINCT funcionariofaseof_id AS id FROM staging.funcionarios_fase_ordem_fabrico_raw) AS assigned
LEFT JOIN (SELECT DISTINCT faseof_id AS id FROM staging.fases_ordem_fabrico_raw) AS phase USING (id)
WHERE assigned.id IS NOT NULL
UNION ALL
SELECT 'produto_join', count(model.id)::float8 / count(*)
FROM (SELECT DISTINCT of_produto_id AS id FROM staging.ordens_fabrico_raw) AS ordered
LEFT JOIN (SELECT DISTINCT produto_id AS id FROM staging.modelos_raw) AS model USING (id)
WHERE ordered.id IS NOT NULL
