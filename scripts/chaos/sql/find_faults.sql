-- What no moment of failure may leave behind, one row a fault; nothing runs when it is asked.
WITH published AS (SELECT run_id FROM ops.ops_cache_version)
SELECT 'unbalanced: ' || sheet AS fault
  FROM ops.ingestion_sheet_runs
  JOIN published USING (run_id)
 WHERE extracted <> inserted + updated + unchanged + duplicates + quarantined
UNION ALL
SELECT 'published run is ' || status
  FROM ops.ingestion_runs
  JOIN published USING (run_id)
 WHERE status <> 'COMPLETED'
UNION ALL
SELECT 'stuck run ' || run_id || ': ' || status
  FROM ops.ingestion_runs
 WHERE status IN ('QUEUED', 'RUNNING')
UNION ALL
SELECT 'duplicate faseof_id: ' || faseof_id
  FROM core.fases_ordem_fabrico
 GROUP BY faseof_id
HAVING count(*) > 1
UNION ALL
SELECT 'evidence of run ' || e.run_id || ', which published nothing'
  FROM (SELECT DISTINCT run_id FROM ops.rejects UNION SELECT DISTINCT run_id FROM ops.data_quality_issues) e
  JOIN ops.ingestion_runs r USING (run_id)
 WHERE r.status IN ('INTERRUPTED', 'CANCELLED');
