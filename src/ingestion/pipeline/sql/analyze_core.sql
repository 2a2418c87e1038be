-- Gives the planner the statistics of what the merge has changed much.
-- Identifiers: core, analyzed (the columns by which rows are found, in parentheses, or nothing for all)
ANALYZE core.{{core}}{{analyzed}}
