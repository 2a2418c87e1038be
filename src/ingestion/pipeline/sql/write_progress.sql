-- Keeps how far run $1 is ($2, JSON) and tells whether it was asked to stop.
UPDATE ops.ingestion_runs SET progress = $2::json WHERE run_id = $1 RETURNING cancel_requested
