-- Makes room for the open phases. No parameters.
DELETE FROM analytics.open_phases
