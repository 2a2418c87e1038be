-- The groups of all history, by the function that defines them. No parameters.
INSERT INTO analytics.quality_groups
SELECT * FROM analytics.quality_groups_of(NULL, NULL, NULL, NULL, NULL)
