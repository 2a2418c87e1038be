-- Gives the planner the sizes of what has just been copied.
-- Identifiers: raw, analyzed_raw (the columns by which rows are compared and found)
ANALYZE staging.{{raw}} ({{analyzed_raw}})
