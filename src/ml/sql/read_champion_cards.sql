-- The cards of the versions that may answer.
-- $1 whether the published data are invented
SELECT model_name, version, reason, serving_problem, created_at, card
FROM ops.model_registry
WHERE sample = $1 AND status = 'CHAMPION'
ORDER BY model_name
