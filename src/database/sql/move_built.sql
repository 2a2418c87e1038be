-- Moves what was filled aside to where it belongs; both tables have the same columns.
-- Identifiers: table, built
INSERT INTO {{table}} SELECT * FROM {{built}}
