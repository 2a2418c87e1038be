-- Makes room for the groups of all history. No parameters.
DELETE FROM analytics.quality_groups
