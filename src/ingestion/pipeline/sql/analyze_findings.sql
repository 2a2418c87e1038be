-- Gives the planner the size of a run's findings.
-- Identifiers: issues
ANALYZE {{issues}}
