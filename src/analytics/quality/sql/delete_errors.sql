-- Forgets the stored errors of touched orders and the touched errors of others. No parameters.
DELETE FROM analytics.quality_errors AS stored
USING (
  SELECT ofch_id, ofch_of_id AS of_id FROM touched_errors
  UNION
  SELECT e.ofch_id, e.of_id FROM analytics.quality_errors AS e JOIN touched_orders USING (of_id)
) AS gone
WHERE stored.of_id = gone.of_id AND stored.ofch_id = gone.ofch_id
