-- Tells the planner how few rows a load touches; nobody else does. No parameters.
ANALYZE touched_orders, touched_phase_rows, touched_error_rows
