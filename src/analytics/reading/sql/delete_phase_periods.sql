-- Makes room for the days and months anew.
DELETE FROM analytics.phase_period
