-- Makes room for the days anew.
DELETE FROM analytics.phase_day
