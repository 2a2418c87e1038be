-- Empties an aggregate that is computed anew. No TRUNCATE: readers of an older snapshot would find it empty.
-- Identifiers: table
DELETE FROM analytics.{{table}}
