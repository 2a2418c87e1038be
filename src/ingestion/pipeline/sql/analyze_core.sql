-- Gives the planner the statistics of what the merge has changed much.
-- Identifiers: only (ONLY, to leave partitions out, or nothing), core,
-- analyzed (the columns by which rows are found, in parentheses, or nothing for all)
ANALYZE {{only}} core.{{core}}{{analyzed}}
