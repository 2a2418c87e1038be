-- How far a training is.
-- $1 training  $2 share done  $3 stage
UPDATE ops.training_runs SET progress = $2, stage = $3 WHERE training_id = $1 AND status = 'RUNNING'
