-- Stores the rows of one figure for the window that is taken by default.
-- $1 figure  $2,$3 window  $4 rows as JSON
INSERT INTO analytics.kpi_default_window (figure, window_from, window_to, figures)
VALUES ($1, $2, $3, $4)
