-- Tells the planner how few errors a load touches; nobody else does. No parameters.
ANALYZE touched_errors
