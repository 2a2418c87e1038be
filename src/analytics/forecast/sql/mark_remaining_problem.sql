-- Records why the model of remaining times makes no ETAs, null when it does: the feature gates show it.
-- $1 version  $2 the problem
UPDATE ops.model_registry SET serving_problem = $2 WHERE model_name = 'remaining' AND version = $1
