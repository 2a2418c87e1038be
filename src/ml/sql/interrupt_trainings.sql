-- Trainings that say they run while nobody holds the lock were killed. Called by who holds it.
-- $1 now
UPDATE ops.training_runs SET status = 'INTERRUPTED', ended_at = $1,
  detail = 'The process that trained was ended; what answered before answers on.'
WHERE status = 'RUNNING'
