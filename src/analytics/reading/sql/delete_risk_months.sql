-- Makes room for the months anew.
DELETE FROM analytics.risk_month
