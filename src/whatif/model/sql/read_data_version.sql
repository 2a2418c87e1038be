-- What the published data are: the workbook's content, its load, its clock. No row before the first load.
SELECT published.version, published.run_id, run.excel_sha256, run.as_of
FROM ops.ops_cache_version AS published
JOIN ops.ingestion_runs AS run ON run.run_id = published.run_id
