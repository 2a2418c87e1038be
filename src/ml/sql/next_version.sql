-- The number of a model's next version; the table's lock keeps two trainings from the same one.
-- $1 the model's name
SELECT coalesce(max(version), 0) + 1 AS version FROM ops.model_registry WHERE model_name = $1
