-- Tells the planner how few rows a temporary table has; nobody else does.
-- Identifiers: table
ANALYZE {{table}}
