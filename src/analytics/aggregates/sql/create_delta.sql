-- Room for what a load takes away from an aggregate and adds to it.
-- Identifiers: table, delta
CREATE TEMP TABLE {{delta}} (LIKE analytics.{{table}}) ON COMMIT DROP
