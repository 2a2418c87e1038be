-- Forgets all stored errors. No parameters.
DELETE FROM analytics.quality_errors
