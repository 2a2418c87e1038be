-- The errors of the touched orders, and those of other orders that name a phase of a touched one. Run on core before the
-- merge and after it: a phase that goes is seen by the first, one that comes by the second. No parameters.
WITH touched_phases AS MATERIALIZED (
  SELECT fase.faseof_id
  FROM touched_orders JOIN core.fases_ordem_fabrico AS fase ON fase.faseof_of_id = touched_orders.of_id
)
INSERT INTO touched_errors
SELECT erro.ofch_id, erro.ofch_of_id
FROM core.erros_ordem_fabrico AS erro JOIN touched_orders ON touched_orders.of_id = erro.ofch_of_id
UNION
SELECT erro.ofch_id, erro.ofch_of_id
FROM core.erros_ordem_fabrico AS erro JOIN touched_phases ON touched_phases.faseof_id = erro.ofch_faseof_culpada
UNION
SELECT erro.ofch_id, erro.ofch_of_id
FROM core.erros_ordem_fabrico AS erro JOIN touched_phases ON touched_phases.faseof_id = erro.ofch_faseof_avaliacao
