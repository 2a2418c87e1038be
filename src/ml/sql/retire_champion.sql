-- Makes room for a new champion.
-- $1 the model's name  $2 whether it was learned from invented data
UPDATE ops.model_registry SET status = 'RETIRED' WHERE model_name = $1 AND sample = $2 AND status = 'CHAMPION'
