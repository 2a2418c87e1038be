-- Says which version the tables for reading are of.
-- $1 version
INSERT INTO analytics.reading_state (id, version) VALUES (1, $1)
ON CONFLICT (id) DO UPDATE SET version = excluded.version
