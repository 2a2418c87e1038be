-- Records a version.
-- $1 name  $2 version  $3 training  $4 algorithm  $5 status  $6 reason  $7 sample  $8 data cut-off  $9 dataset hash
-- $10 feature schema  $11 metrics  $12 card  $13 artefact path  $14 artefact SHA-256  $15 now
INSERT INTO ops.model_registry (model_name, version, training_id, algorithm, status, reason, sample, data_cutoff,
  dataset_hash, feature_schema, metrics, card, artefact_path, artefact_sha256, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
