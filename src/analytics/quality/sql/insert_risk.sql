-- The risk of all history, by the function that defines them. No parameters.
INSERT INTO analytics.quality_risk
SELECT * FROM analytics.quality_risk_of(NULL, NULL)
