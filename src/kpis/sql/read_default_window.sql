-- A figure of the window that is taken by default, as the load stored it.
-- $1 figure
SELECT window_from, window_to, figures FROM analytics.kpi_default_window WHERE figure = $1
