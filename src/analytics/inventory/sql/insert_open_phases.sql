-- The open phases of open orders, dormant ones included: which are dormant depends on the clock of the reader.
-- No parameters.
INSERT INTO analytics.open_phases (faseof_id, of_id, produto_id, fase_id, inicio, last_event_at)
SELECT fase.faseof_id, ordem.of_id, ordem.of_produto_id, fase.faseof_fase_id, fase.faseof_inicio, estado.last_event_at
FROM core.ordens_estado AS estado
JOIN core.ordens_fabrico AS ordem ON ordem.of_id = estado.of_id
JOIN core.fases_ordem_fabrico AS fase ON fase.faseof_of_id = estado.of_id AND fase.faseof_is_open
WHERE NOT estado.is_closed AND estado.open_phases > 0
