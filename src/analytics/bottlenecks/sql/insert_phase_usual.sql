-- The usual duration: the median of positive durations by product and phase type where there are enough, and by phase
-- type over all products (no produto_id) to fall back on.
-- Identifiers: target (analytics.phase_usual, or a table like it)
-- $1 executions that a product needs for a value of its own
INSERT INTO {{target}} (fase_id, produto_id, executions, median_seconds)
SELECT p.faseof_fase_id, o.of_produto_id, count(*),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY p.faseof_duration_seconds)
FROM core.fases_ordem_fabrico p
JOIN core.ordens_fabrico o ON o.of_id = p.faseof_of_id
WHERE p.faseof_duration_seconds > 0
GROUP BY GROUPING SETS ((p.faseof_fase_id, o.of_produto_id), (p.faseof_fase_id))
HAVING grouping(o.of_produto_id) = 1 OR (o.of_produto_id IS NOT NULL AND count(*) >= $1::integer)
