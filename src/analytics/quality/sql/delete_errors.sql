-- Forgets the stored rows of touched errors. No parameters.
DELETE FROM analytics.quality_errors AS stored
USING touched_errors AS touched
WHERE stored.of_id = touched.ofch_of_id AND stored.ofch_id = touched.ofch_id
