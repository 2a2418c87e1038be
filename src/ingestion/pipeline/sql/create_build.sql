-- Makes room to fill a table aside.
-- Identifiers: built (its name in staging), table (what it is filled for)
CREATE UNLOGGED TABLE staging.{{built}} (LIKE {{table}})
