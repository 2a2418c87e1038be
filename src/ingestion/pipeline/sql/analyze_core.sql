-- Gives the planner the statistics of what the merge has changed much.
-- Identifiers: core
ANALYZE core.{{core}}
