-- The model of remaining times that may answer, learned from data as real or as invented as those of the run.
-- $1 the run
SELECT model.version, model.artefact_path, model.artefact_sha256, model.serving_problem
FROM ops.model_registry AS model
JOIN ops.ingestion_runs AS run ON run.run_id = $1 AND run.sample = model.sample
WHERE model.model_name = 'remaining' AND model.status = 'CHAMPION'
