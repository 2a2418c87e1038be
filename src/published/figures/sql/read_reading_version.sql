-- The version that the tables for reading are of; no row before they were first made.
SELECT version FROM analytics.reading_state
