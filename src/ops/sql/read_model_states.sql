-- Which models answer, and why one does not.
-- $1 whether the published data are invented
SELECT model_name, version, serving_problem
FROM ops.model_registry
WHERE sample = $1 AND status = 'CHAMPION'
