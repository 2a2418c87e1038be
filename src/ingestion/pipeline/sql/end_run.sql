-- Ends run $1 unpublished: $2 status, $3 finished_at, $4 error code, $5 detail, $6 remedy, $7 report,
-- where its status is one of $8
UPDATE ops.ingestion_runs
SET status = $2, finished_at = $3, error_code = $4, error_detail = $5, error_remedy = $6, report = $7::json
WHERE run_id = $1 AND status = ANY ($8)
RETURNING run_id
