-- One run with its report.
-- $1 run_id; null reads the newest run
SELECT r.run_id, r.status, r.created_at, r.started_at, r.finished_at, r.workbook_name, r.workbook_bytes,
       r.excel_sha256, r.sample, r.forced, r.as_of, r.rows_extracted, r.rows_merged, r.rows_rejected,
       r.evidence_run_id, r.error_code, r.error_detail, r.error_remedy, r.progress,
       v.run_id IS NOT NULL AS published,
       r.report
  FROM ops.ingestion_runs r
  LEFT JOIN ops.ops_cache_version v ON v.run_id = r.run_id
 WHERE r.run_id = coalesce($1::bigint, (SELECT max(run_id) FROM ops.ingestion_runs))
