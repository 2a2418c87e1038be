-- Records why a champion does not answer, null when it does: the feature gates show it.
-- $1 name  $2 version  $3 the problem
UPDATE ops.model_registry SET serving_problem = $3
WHERE model_name = $1 AND version = $2 AND serving_problem IS DISTINCT FROM $3
