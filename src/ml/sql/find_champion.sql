-- The version of a model that may answer.
-- $1 its name  $2 whether the published data are invented: a model of invented data says nothing of real ones
SELECT version, artefact_path, artefact_sha256, serving_problem
FROM ops.model_registry
WHERE model_name = $1 AND sample = $2 AND status = 'CHAMPION'
