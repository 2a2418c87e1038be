-- The load that readers see, with what tells whether a workbook repeats it.
SELECT run.run_id, coalesce(run.evidence_run_id, run.run_id) AS evidence_run_id, run.sample, run.settings_hash,
  run.excel_sha256, run.workbook_name, run.part_fingerprints, run.per_sheet_sha256, run.per_sheet_layout,
  run.per_sheet_cells,
  EXISTS (
    SELECT FROM ops.data_quality_issues AS issue
    WHERE issue.run_id = coalesce(run.evidence_run_id, run.run_id) AND issue.code = 'FUTURE_DATE'
  ) AS has_future_dates
FROM ops.ops_cache_version AS current
JOIN ops.ingestion_runs AS run ON run.run_id = current.run_id
WHERE current.id = 1
