-- Remembers that the rejects and findings of run $1 are gone; its report keeps their counts.
UPDATE ops.ingestion_runs SET evidence_dropped = true WHERE run_id = $1
