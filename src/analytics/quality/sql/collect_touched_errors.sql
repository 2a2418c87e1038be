-- The errors whose stored row a load may change: those that are new or go, those of an order whose own row is touched
-- (product, creation), and those, of whatever order, that were found or caused in a touched phase (time, culprit). Run on
-- core before the merge: what the merge adds is listed by itself. No parameters.
INSERT INTO touched_errors
SELECT ofch_id, of_id
FROM touched_error_rows
UNION
SELECT erro.ofch_id, erro.ofch_of_id
FROM touched_orders AS touched
JOIN core.erros_ordem_fabrico AS erro ON erro.ofch_of_id = touched.of_id
WHERE touched.row_changed
UNION
SELECT erro.ofch_id, erro.ofch_of_id
FROM core.erros_ordem_fabrico AS erro
WHERE erro.ofch_faseof_avaliacao IN (SELECT faseof_id FROM touched_phase_rows)
UNION
SELECT erro.ofch_id, erro.ofch_of_id
FROM core.erros_ordem_fabrico AS erro
WHERE erro.ofch_faseof_culpada IN (SELECT faseof_id FROM touched_phase_rows)
