-- Forgets the rejects of run $1.
DELETE FROM ops.rejects WHERE run_id = $1
