-- The versions of all models, newest first.
SELECT model_name, version, algorithm, status, reason, sample, data_cutoff, dataset_hash, metrics, artefact_sha256,
  serving_problem, created_at
FROM ops.model_registry
ORDER BY created_at DESC, model_name, version DESC
