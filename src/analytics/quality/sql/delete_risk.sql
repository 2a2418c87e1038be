-- Makes room for the risk of all history. No parameters.
DELETE FROM analytics.quality_risk
