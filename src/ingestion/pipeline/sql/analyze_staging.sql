-- Gives the planner the sizes of what has just been copied.
-- Identifiers: raw
ANALYZE staging.{{raw}}
