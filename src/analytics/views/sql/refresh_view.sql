-- Brings a view up to date while it is read.
-- Identifiers: view
REFRESH MATERIALIZED VIEW CONCURRENTLY analytics.{{view}}
