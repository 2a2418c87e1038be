-- Runs, newest first, one page.
-- $1 run_id below which to go on, null for the first page; $2 number of rows
SELECT r.run_id, r.status, r.created_at, r.started_at, r.finished_at, r.workbook_name, r.workbook_bytes,
       r.excel_sha256, r.sample, r.forced, r.as_of, r.rows_extracted, r.rows_merged, r.rows_rejected,
       r.evidence_run_id, r.error_code, r.error_detail, r.error_remedy, r.progress,
       v.run_id IS NOT NULL AS published
  FROM ops.ingestion_runs r
  LEFT JOIN ops.ops_cache_version v ON v.run_id = r.run_id
 WHERE $1::bigint IS NULL OR r.run_id < $1
 ORDER BY r.run_id DESC
 LIMIT $2
