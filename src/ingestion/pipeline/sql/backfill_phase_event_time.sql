-- A phase without dates of its own takes its order's creation as event time; follows the order when that changes.
UPDATE core.fases_ordem_fabrico AS fase
SET faseof_event_time = ordem.of_data_criacao
FROM core.ordens_fabrico AS ordem
WHERE ordem.of_id = fase.faseof_of_id
  AND fase.faseof_fim IS NULL AND fase.faseof_inicio IS NULL AND fase.faseof_data_prevista IS NULL
  AND fase.faseof_event_time IS DISTINCT FROM ordem.of_data_criacao
