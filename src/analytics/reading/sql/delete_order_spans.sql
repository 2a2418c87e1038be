-- Forgets the orders that have no phases any more.
DELETE FROM analytics.order_span AS span
WHERE NOT EXISTS (SELECT FROM core.fases_ordem_fabrico AS fase WHERE fase.faseof_of_id = span.of_id)
